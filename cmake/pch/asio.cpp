// The translation unit whose precompiled header the rooms with I/O share.
