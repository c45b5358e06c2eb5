// Keeps the support library buildable when it has headers only.
