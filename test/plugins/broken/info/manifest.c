// Fault: the manifest's version was raised, the library's was not.
// Manifest: {"app": {"version": "1.1.0"}}
#include "../base.h"
