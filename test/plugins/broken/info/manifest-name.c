// Fault: the product was renamed in the manifest alone.
// Manifest: {"app": {"name": "Seal inspection"}}
#include "../base.h"
