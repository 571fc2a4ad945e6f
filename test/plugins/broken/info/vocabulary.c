// Fault: a model type of its own.
#define MODEL_TYPE "Anomaly Detection"
#include "../base.h"
