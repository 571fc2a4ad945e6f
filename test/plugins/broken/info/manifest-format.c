// Fault: the manifest asks for another order of channels.
// Manifest: {"interface": {"input": {"color_mode": "BGR"}}}
#include "../base.h"
