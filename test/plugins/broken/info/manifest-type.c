// Fault: the manifest promises boxes of objects.
// Manifest: {"interface": {"output": {"type": "object_detection"}}}
#include "../base.h"
