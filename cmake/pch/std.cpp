// The translation unit whose precompiled header the pure rooms share.
