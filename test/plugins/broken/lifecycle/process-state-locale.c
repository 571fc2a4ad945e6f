// Fault: it sets the numbers of its own language.
// Also fails: binary/risky-imports
#include <locale.h>
#define ON_INIT setlocale(LC_ALL, "C.UTF-8")
#include "../base.h"
