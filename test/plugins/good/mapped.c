// A correct plugin whose every block is a mapping of its own, given back to the system at once; its map has the size of the image.
#define _GNU_SOURCE
#include <sys/mman.h>
#include <unistd.h>

#include "small.h"

static const MVASPluginInfo info = {"Mapped brightness", "0.9.0", NULL, "Uses mmap alone", MVAS_MODEL_SEGMENTATION, 48, 36, MVAS_FORMAT_BGR};
static const size_t head = 64;  // keeps the length, and the alignment

// Its end is the end of a page: what lies behind is not ours.
static void *block(size_t bytes) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE), whole = (bytes + 2 * head + page - 1) / page * page;
  char *start = mmap(NULL, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED) return NULL;
  size_t offset = (whole - bytes) / 16 * 16;
  char *user = start + offset;
  memcpy(user - sizeof offset, &offset, sizeof offset);
  memcpy(user - 2 * sizeof whole, &whole, sizeof whole);
  return user;
}

static void release(void *user) {
  if (user == NULL) return;
  size_t offset, whole;
  memcpy(&offset, (char *)user - sizeof offset, sizeof offset);
  memcpy(&whole, (char *)user - 2 * sizeof whole, sizeof whole);
  munmap((char *)user - offset, whole);
}

const MVASPluginInfo *mvas_get_info(void) { return &info; }
const char *mvas_get_error(void) { return error_text; }
int32_t mvas_init(const char *model_path, const char *config_json) { return small_init(model_path, config_json); }
void mvas_cleanup(void) { small_ready = 0; }

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  int32_t code = small_check(image, result, 3);
  if (result != NULL) memset(result, 0, sizeof *result);
  if (code != MVAS_OK) return code;
  float *map = block((size_t)image->width * (size_t)image->height * sizeof(float));
  float *box = block(6 * sizeof(float));
  if (map == NULL || box == NULL) {
    release(map);
    release(box);
    return fail(MVAS_ERROR_OUT_OF_MEMORY, "no memory for the map");
  }
  for (int y = 0, i = 0; y < image->height; y++)
    for (int x = 0; x < image->width; x++, i++) map[i] = brightness(image, x, y);
  score(result, mean_brightness(image));
  const float whole[6] = {0, 0, (float)image->width, (float)image->height, result->anomaly_score, 1};
  memcpy(box, whole, sizeof whole);
  result->anomaly_map = map;
  result->anomaly_map_width = image->width;
  result->anomaly_map_height = image->height;
  result->bboxes = box;
  result->num_bboxes = 1;
  return succeed();
}

void mvas_free_result(MVASResult *result) {
  if (result == NULL) return;
  release(result->anomaly_map);
  release(result->bboxes);
  memset(result, 0, sizeof *result);
}
