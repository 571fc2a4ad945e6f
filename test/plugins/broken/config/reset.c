// Fault: mvas_init begins with the settings of the life before.
#define ON_SETTINGS staged = settings
#include "../adjustable.h"
