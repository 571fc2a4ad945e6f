// Fault: the details of all results of a batch are written to one text.
#define ON_BATCHED \
  static char details[64]; \
  for (int32_t i = 0; i < num_images; i++) { \
    snprintf(details, sizeof details, "{\"image\": %d}", (int)i); \
    results[i].details_json = details; \
  }
#include "../batch.h"
