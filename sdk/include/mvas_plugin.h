// The MVAS plugin contract, version 2.0: everything a native inspection plugin and its host agree on.
//
// A plugin is a shared library that defines the five required functions below and any of the optional ones.
// Only memory layouts, numbers and C functions cross this border; all strings are UTF-8 and end in NUL.
//
// States    unloaded  after loading the library, after mvas_cleanup, after an mvas_init that failed in this state
//           ready     after an mvas_init that returned MVAS_OK; a later mvas_init that fails keeps the old one ready
//
// Tags      The comment of every function ends in four tags:
//           [state: S]   where the call is correct: any, unloaded or ready; elsewhere it fails, it never crashes
//           [thread: T]  "any, serialised": from any thread, but the host never makes two calls at once
//           [own: P W]   for each pointer P that crosses (parameter, "return", or "result.*" for the pointers inside)
//                        borrowed  the caller's; the plugin reads it during the call, never writes or keeps it
//                        written   the caller's; the plugin writes it during the call, never keeps or frees it
//                        lent      the plugin's; the caller reads it for as long as the text says and never frees it
//                        none      no pointer crosses
//           [codes: C]   what may be returned; "none" where nothing is
//
// Every function, in every state: no exception leaves it; it never ends the process, changes the working directory,
// locale, environment, signal handlers or floating-point mode, and writes nothing to standard output or error by default.
#ifndef MVAS_PLUGIN_H
#define MVAS_PLUGIN_H

#include <stdbool.h>
#include <stdint.h>

#define MVAS_ABI_VERSION_MAJOR 2
#define MVAS_ABI_VERSION_MINOR 0

#ifdef _WIN32
#define MVAS_EXPORT __declspec(dllexport)
#else
#define MVAS_EXPORT __attribute__((visibility("default")))
#endif

// The calling convention; 64-bit platforms have but one.
#if defined(_WIN32) && !defined(_WIN64)
#define MVAS_CALL __cdecl
#else
#define MVAS_CALL
#endif

// What the functions return.
#define MVAS_OK 0
#define MVAS_ERROR_INIT_FAILED (-1)      // the model cannot be loaded
#define MVAS_ERROR_MODEL_NOT_FOUND (-2)  // the model file is missing
#define MVAS_ERROR_INVALID_INPUT (-3)    // an argument, image or configuration value is wrong
#define MVAS_ERROR_INFERENCE (-4)        // the inspection itself failed
#define MVAS_ERROR_NOT_INITIALIZED (-5)  // the call needs the state ready
#define MVAS_ERROR_OUT_OF_MEMORY (-6)    // the system gave no memory
#define MVAS_ERROR_UNSUPPORTED (-7)      // a correct request that this plugin does not serve

// MVASResult.decision
#define MVAS_DECISION_PASS "pass"
#define MVAS_DECISION_FAIL "fail"
#define MVAS_DECISION_REVIEW "review"

// MVASImage.format and MVASPluginInfo.input_format: order of the bytes of a pixel
#define MVAS_FORMAT_RGB "RGB"    // 3 channels
#define MVAS_FORMAT_BGR "BGR"    // 3 channels
#define MVAS_FORMAT_GRAY "GRAY"  // 1 channel
#define MVAS_FORMAT_RGBA "RGBA"  // 4 channels

// MVASPluginInfo.model_type
#define MVAS_MODEL_ANOMALY_DETECTION "anomaly_detection"
#define MVAS_MODEL_CLASSIFICATION "classification"
#define MVAS_MODEL_OBJECT_DETECTION "object_detection"
#define MVAS_MODEL_SEGMENTATION "segmentation"
#define MVAS_MODEL_OCR "ocr"
#define MVAS_MODEL_MEASUREMENT "measurement"
#define MVAS_MODEL_QUALITY_INSPECTION "quality_inspection"
#define MVAS_MODEL_REGRESSION "regression"

#ifdef __cplusplus
extern "C" {
#endif

// An image, 8 bits a channel, rows from top to bottom. It belongs to the host; the plugin only reads it.
typedef struct {
  uint8_t *data;       // first byte of the first row
  int32_t width;       // pixels, >= 1
  int32_t height;      // pixels, >= 1
  int32_t channels;    // bytes a pixel: 1, 3 or 4
  int32_t stride;      // bytes from a row to the next, >= width * channels; the last row has no padding to read
  const char *format;  // an MVAS_FORMAT_ string
} MVASImage;

// What an inspection found. The host zeroes it; the plugin writes every field, whatever was in it.
// A pointer is NULL exactly when its sizes are 0. Everything reachable from it stays valid and unchanged until
// mvas_free_result of this struct or, where the plugin has no such function, until the next mvas_infer or mvas_cleanup.
typedef struct {
  const char *decision;       // an MVAS_DECISION_ string
  float confidence;           // how sure the decision is, 0..1
  float anomaly_score;        // 0..1
  float inference_time_ms;    // the plugin's own figure, >= 0
  float *anomaly_map;         // NULL or width * height values in 0..1, row after row
  int32_t anomaly_map_width;  // the map's own size, not the image's
  int32_t anomaly_map_height;
  float *bboxes;           // NULL or num_bboxes times x1, y1, x2, y2, score, class; corners in pixels of the submitted image
  int32_t num_bboxes;      // x1 < x2, y1 < y2, inside the image by 1 pixel; score 0..1; class a whole number >= 0
  uint8_t *visualization;  // NULL or viz_width * viz_height * 3 bytes RGB
  int32_t viz_width;
  int32_t viz_height;
  const char *details_json;  // NULL or a JSON object
} MVASResult;

// Who the plugin is. The same pointer and content for as long as the library is loaded.
typedef struct {
  const char *name;         // not empty, "Bottle cap inspection"
  const char *version;      // not empty, "1.0.0"
  const char *author;       // may be NULL
  const char *description;  // may be NULL
  const char *model_type;   // an MVAS_MODEL_ string
  int32_t input_width;      // pixels, > 0: the size the model works on
  int32_t input_height;
  const char *input_format;  // the MVAS_FORMAT_ string the plugin always takes
} MVASPluginInfo;

// One configuration value, as text: "threshold", "0.5"; "enabled", "true".
typedef struct {
  const char *key;
  const char *value;
} MVASConfigParam;

// ---- required ----------------------------------------------------------------------------------------------------

// Says who the plugin is. Never NULL; always the same pointer and the same content, before mvas_init too.
// [state: any] [thread: any, serialised] [own: return lent] [codes: none]
typedef const MVASPluginInfo *MVAS_CALL mvas_get_info_fn(void);
MVAS_EXPORT const MVASPluginInfo *MVAS_CALL mvas_get_info(void);

// Loads the model and takes the configuration, a JSON object; NULL, "" and "{}" mean defaults, unknown keys are ignored.
// Both strings are copied. A missing model, NULL or "" is MODEL_NOT_FOUND (a plugin without a model may accept it), one
// that cannot be loaded INIT_FAILED, a wrong configuration INVALID_INPUT. On failure everything this call made is
// released and a later correct call succeeds. In the state ready it initialises anew; if it fails, the old one stays ready.
// [state: any] [thread: any, serialised] [own: model_path borrowed, config_json borrowed]
// [codes: OK, INIT_FAILED, MODEL_NOT_FOUND, INVALID_INPUT, OUT_OF_MEMORY]
typedef int32_t MVAS_CALL mvas_init_fn(const char *model_path, const char *config_json);
MVAS_EXPORT int32_t MVAS_CALL mvas_init(const char *model_path, const char *config_json);

// Inspects one image. NOT_INITIALIZED comes before every other code; INVALID_INPUT is for NULL, sizes <= 0, channels that
// do not fit the format, a stride below width * channels, width * height * channels above INT32_MAX; UNSUPPORTED for a
// format this plugin does not take. "RGB" with 1 or 4 channels, which hosts in the field send, is taken as GRAY or RGBA
// by a plugin that takes these. On failure the result holds no pointers.
// [state: ready] [thread: any, serialised] [own: image borrowed, result written, result.* lent]
// [codes: OK, INVALID_INPUT, INFERENCE, NOT_INITIALIZED, OUT_OF_MEMORY, UNSUPPORTED]
typedef int32_t MVAS_CALL mvas_infer_fn(const MVASImage *image, MVASResult *result);
MVAS_EXPORT int32_t MVAS_CALL mvas_infer(const MVASImage *image, MVASResult *result);

// Releases everything: no thread, open file or device memory remains. It may be called twice, or without mvas_init.
// [state: any] [thread: any, serialised] [own: none] [codes: none]
typedef void MVAS_CALL mvas_cleanup_fn(void);
MVAS_EXPORT void MVAS_CALL mvas_cleanup(void);

// Says why the last call that returns a code failed on this thread; "" if it did not. Never NULL. The text is valid until
// the next call on this thread. Functions that return no code neither set nor clear it.
// [state: any] [thread: any, serialised] [own: return lent] [codes: none]
typedef const char *MVAS_CALL mvas_get_error_fn(void);
MVAS_EXPORT const char *MVAS_CALL mvas_get_error(void);

// ---- optional ----------------------------------------------------------------------------------------------------

// Inspects num_images images into as many results, exactly as single calls would; no two results share memory. 0 images
// succeed and do nothing; a negative number, or NULL with images, is INVALID_INPUT; more than the plugin's largest batch
// may be UNSUPPORTED. On failure no result is valid and nothing is left to free.
// [state: ready] [thread: any, serialised] [own: images borrowed, results written, results.* lent]
// [codes: OK, INVALID_INPUT, INFERENCE, NOT_INITIALIZED, OUT_OF_MEMORY, UNSUPPORTED]
typedef int32_t MVAS_CALL mvas_infer_batch_fn(const MVASImage *images, int32_t num_images, MVASResult *results);
MVAS_EXPORT int32_t MVAS_CALL mvas_infer_batch(const MVASImage *images, int32_t num_images, MVASResult *results);

// Changes values, all or none, from the next mvas_infer on. Stops at the first bad entry: UNSUPPORTED for an unknown key,
// INVALID_INPUT for a bad value, a NULL or a negative number. Of a repeated key the last wins. Strings are copied;
// numbers are read with a decimal point, whatever the locale.
// [state: ready] [thread: any, serialised] [own: params borrowed, params.* borrowed]
// [codes: OK, INVALID_INPUT, NOT_INITIALIZED, OUT_OF_MEMORY, UNSUPPORTED]
typedef int32_t MVAS_CALL mvas_set_config_fn(const MVASConfigParam *params, int32_t num_params);
MVAS_EXPORT int32_t MVAS_CALL mvas_set_config(const MVASConfigParam *params, int32_t num_params);

// Tells all current values as a JSON object; the text is valid until the next call. In the state unloaded NULL or the
// defaults.
// [state: any] [thread: any, serialised] [own: return lent] [codes: none]
typedef const char *MVAS_CALL mvas_get_config_fn(void);
MVAS_EXPORT const char *MVAS_CALL mvas_get_config(void);

// Makes the next inspection as fast as later ones by inspecting an empty image that often. Changes neither results nor
// configuration. 0 is allowed, a negative number is INVALID_INPUT.
// [state: ready] [thread: any, serialised] [own: none]
// [codes: OK, INVALID_INPUT, INFERENCE, NOT_INITIALIZED, OUT_OF_MEMORY]
typedef int32_t MVAS_CALL mvas_warmup_fn(int32_t iterations);
MVAS_EXPORT int32_t MVAS_CALL mvas_warmup(int32_t iterations);

// Releases what the plugin allocated for this result, sets its pointers to NULL and sizes to 0, and never touches the
// struct's own memory. NULL and a zeroed result do nothing, so a second call does nothing either.
// [state: any] [thread: any, serialised] [own: result written] [codes: none]
typedef void MVAS_CALL mvas_free_result_fn(MVASResult *result);
MVAS_EXPORT void MVAS_CALL mvas_free_result(MVASResult *result);

// Tells the contract's version the plugin was made for: (major << 16) | minor.
// [state: any] [thread: any, serialised] [own: none] [codes: none]
typedef uint32_t MVAS_CALL mvas_abi_version_fn(void);
MVAS_EXPORT uint32_t MVAS_CALL mvas_abi_version(void);

#ifdef __cplusplus
}
#endif

// ---- the layout never changes in 2.x --------------------------------------------------------------------------------

#ifdef __cplusplus
#define MVAS_ASSERT(condition) static_assert(condition, #condition)
#else
#define MVAS_ASSERT(condition) _Static_assert(condition, #condition)
#endif
#if defined(__GNUC__) || defined(__clang__) || defined(__cplusplus)
#define MVAS_OFFSET(type, field) __builtin_offsetof(type, field)
#else
#define MVAS_OFFSET(type, field) ((uintptr_t)&((type *)0)->field)
#endif

#if UINTPTR_MAX == UINT64_MAX
MVAS_ASSERT(sizeof(MVASImage) == 32);
MVAS_ASSERT(MVAS_OFFSET(MVASImage, data) == 0);
MVAS_ASSERT(MVAS_OFFSET(MVASImage, width) == 8);
MVAS_ASSERT(MVAS_OFFSET(MVASImage, height) == 12);
MVAS_ASSERT(MVAS_OFFSET(MVASImage, channels) == 16);
MVAS_ASSERT(MVAS_OFFSET(MVASImage, stride) == 20);
MVAS_ASSERT(MVAS_OFFSET(MVASImage, format) == 24);
MVAS_ASSERT(sizeof(MVASResult) == 80);
MVAS_ASSERT(MVAS_OFFSET(MVASResult, decision) == 0);
MVAS_ASSERT(MVAS_OFFSET(MVASResult, confidence) == 8);
MVAS_ASSERT(MVAS_OFFSET(MVASResult, anomaly_score) == 12);
MVAS_ASSERT(MVAS_OFFSET(MVASResult, inference_time_ms) == 16);
MVAS_ASSERT(MVAS_OFFSET(MVASResult, anomaly_map) == 24);
MVAS_ASSERT(MVAS_OFFSET(MVASResult, anomaly_map_width) == 32);
MVAS_ASSERT(MVAS_OFFSET(MVASResult, anomaly_map_height) == 36);
MVAS_ASSERT(MVAS_OFFSET(MVASResult, bboxes) == 40);
MVAS_ASSERT(MVAS_OFFSET(MVASResult, num_bboxes) == 48);
MVAS_ASSERT(MVAS_OFFSET(MVASResult, visualization) == 56);
MVAS_ASSERT(MVAS_OFFSET(MVASResult, viz_width) == 64);
MVAS_ASSERT(MVAS_OFFSET(MVASResult, viz_height) == 68);
MVAS_ASSERT(MVAS_OFFSET(MVASResult, details_json) == 72);
MVAS_ASSERT(sizeof(MVASPluginInfo) == 56);
MVAS_ASSERT(MVAS_OFFSET(MVASPluginInfo, name) == 0);
MVAS_ASSERT(MVAS_OFFSET(MVASPluginInfo, version) == 8);
MVAS_ASSERT(MVAS_OFFSET(MVASPluginInfo, author) == 16);
MVAS_ASSERT(MVAS_OFFSET(MVASPluginInfo, description) == 24);
MVAS_ASSERT(MVAS_OFFSET(MVASPluginInfo, model_type) == 32);
MVAS_ASSERT(MVAS_OFFSET(MVASPluginInfo, input_width) == 40);
MVAS_ASSERT(MVAS_OFFSET(MVASPluginInfo, input_height) == 44);
MVAS_ASSERT(MVAS_OFFSET(MVASPluginInfo, input_format) == 48);
MVAS_ASSERT(sizeof(MVASConfigParam) == 16);
MVAS_ASSERT(MVAS_OFFSET(MVASConfigParam, key) == 0);
MVAS_ASSERT(MVAS_OFFSET(MVASConfigParam, value) == 8);
#endif

#undef MVAS_ASSERT
#undef MVAS_OFFSET

#endif  // MVAS_PLUGIN_H
