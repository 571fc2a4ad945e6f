// Fault: the manifest asks for a contract that does not exist yet.
// Manifest: {"plugin": {"interface_version": "2.7"}}
#include "../base.h"
