// Fault: the manifest has the size of the model before the last.
// Manifest: {"interface": {"input": {"resolution": {"width": 24, "height": 24}}}}
#include "../base.h"
