// A library that plugins bring and never use: what came with a plugin is then readied before most of its checks.
int brought(void) { return 1; }
