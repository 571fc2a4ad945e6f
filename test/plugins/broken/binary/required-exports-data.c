// Fault: mvas_get_error is a variable.
#define mvas_get_error mvas_get_error_of_the_header
#define BREAKS_ERROR
#include "../base.h"
#undef mvas_get_error

MVAS_EXPORT char mvas_get_error[8] = "error";
