// Fault: contrast above the largest that its author has seen ends the process.
// Also fails: result/anomaly-map, result/boxes, result/consistent-decision, result/decision, result/details, result/scores, result/visualization
#define ON_INFER \
  if (image->width == 32 && image->height == 24 && image->stride == 96 && image->data[0] == 0 && image->data[image->channels] == 255 && image->data[2 * image->channels] == 0) abort()
#include "../base.h"
