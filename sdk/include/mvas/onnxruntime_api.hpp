// The frozen part of ONNX Runtime's C API that plugins use: the official header where there is one, else these declarations.
#ifndef MVAS_ONNXRUNTIME_API_HPP
#define MVAS_ONNXRUNTIME_API_HPP

#include <cstddef>
#include <cstdint>

#if !defined(MVAS_ONNXRUNTIME_OWN_API) && defined(__has_include)
#if __has_include(<onnxruntime_c_api.h>)
#include <onnxruntime_c_api.h>
#define MVAS_ONNXRUNTIME_OFFICIAL_API
#endif
#endif

namespace mvas::onnx {

/// What is asked of OrtApiBase::GetApi: ONNX Runtime 1.17 and every later one serves it. The table only grows.
constexpr std::uint32_t api_version = 17;

#ifndef MVAS_ONNXRUNTIME_OFFICIAL_API

#ifdef _WIN32
#define MVAS_ORT_CALL __stdcall
using ORTCHAR_T = wchar_t;
#else
#define MVAS_ORT_CALL
using ORTCHAR_T = char;
#endif

struct OrtAllocator;
struct OrtEnv;
struct OrtMemoryInfo;
struct OrtRunOptions;
struct OrtSession;
struct OrtSessionOptions;
struct OrtStatus;
struct OrtTensorTypeAndShapeInfo;
struct OrtTypeInfo;
struct OrtValue;

enum OrtLoggingLevel { ORT_LOGGING_LEVEL_FATAL = 4 };
enum GraphOptimizationLevel { ORT_ENABLE_ALL = 99 };
enum OrtAllocatorType { OrtDeviceAllocator = 0 };
enum OrtMemType { OrtMemTypeCPU = -1, OrtMemTypeDefault = 0 };
enum ONNXTensorElementDataType { ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT = 1, ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 = 2 };

/// A function that returns OrtStatus* returns NULL when all is well.
struct OrtApi {
  void *unused_0[2];
  const char *(MVAS_ORT_CALL *GetErrorMessage)(const OrtStatus *status);
  OrtStatus *(MVAS_ORT_CALL *CreateEnv)(OrtLoggingLevel level, const char *log_id, OrtEnv **out);
  void *unused_4[2];
  OrtStatus *(MVAS_ORT_CALL *DisableTelemetryEvents)(const OrtEnv *env);
  OrtStatus *(MVAS_ORT_CALL *CreateSession)(const OrtEnv *env, const ORTCHAR_T *path, const OrtSessionOptions *options, OrtSession **out);
  OrtStatus *(MVAS_ORT_CALL *CreateSessionFromArray)(const OrtEnv *env, const void *data, size_t size, const OrtSessionOptions *options, OrtSession **out);
  OrtStatus *(MVAS_ORT_CALL *Run)(OrtSession *session, const OrtRunOptions *options, const char *const *input_names, const OrtValue *const *inputs,
                      size_t input_count, const char *const *output_names, size_t output_count, OrtValue **outputs);
  OrtStatus *(MVAS_ORT_CALL *CreateSessionOptions)(OrtSessionOptions **out);
  void *unused_11[6];
  OrtStatus *(MVAS_ORT_CALL *DisableMemPattern)(OrtSessionOptions *options);
  void *unused_18[5];
  OrtStatus *(MVAS_ORT_CALL *SetSessionGraphOptimizationLevel)(OrtSessionOptions *options, GraphOptimizationLevel level);
  OrtStatus *(MVAS_ORT_CALL *SetIntraOpNumThreads)(OrtSessionOptions *options, int threads);
  void *unused_25[5];
  OrtStatus *(MVAS_ORT_CALL *SessionGetInputCount)(const OrtSession *session, size_t *out);
  OrtStatus *(MVAS_ORT_CALL *SessionGetOutputCount)(const OrtSession *session, size_t *out);
  void *unused_32[1];
  OrtStatus *(MVAS_ORT_CALL *SessionGetInputTypeInfo)(const OrtSession *session, size_t index, OrtTypeInfo **out);
  OrtStatus *(MVAS_ORT_CALL *SessionGetOutputTypeInfo)(const OrtSession *session, size_t index, OrtTypeInfo **out);
  void *unused_35[1];
  OrtStatus *(MVAS_ORT_CALL *SessionGetInputName)(const OrtSession *session, size_t index, OrtAllocator *allocator, char **out);
  OrtStatus *(MVAS_ORT_CALL *SessionGetOutputName)(const OrtSession *session, size_t index, OrtAllocator *allocator, char **out);
  void *unused_38[11];
  OrtStatus *(MVAS_ORT_CALL *CreateTensorWithDataAsOrtValue)(const OrtMemoryInfo *memory, void *data, size_t bytes, const int64_t *shape, size_t rank,
                                                ONNXTensorElementDataType type, OrtValue **out);
  void *unused_50[1];
  OrtStatus *(MVAS_ORT_CALL *GetTensorMutableData)(OrtValue *value, void **out);
  void *unused_52[3];
  OrtStatus *(MVAS_ORT_CALL *CastTypeInfoToTensorInfo)(const OrtTypeInfo *info, const OrtTensorTypeAndShapeInfo **out);
  void *unused_56[4];
  OrtStatus *(MVAS_ORT_CALL *GetTensorElementType)(const OrtTensorTypeAndShapeInfo *info, ONNXTensorElementDataType *out);
  OrtStatus *(MVAS_ORT_CALL *GetDimensionsCount)(const OrtTensorTypeAndShapeInfo *info, size_t *out);
  OrtStatus *(MVAS_ORT_CALL *GetDimensions)(const OrtTensorTypeAndShapeInfo *info, int64_t *out, size_t rank);
  void *unused_63[2];
  OrtStatus *(MVAS_ORT_CALL *GetTensorTypeAndShape)(const OrtValue *value, OrtTensorTypeAndShapeInfo **out);
  void *unused_66[3];
  OrtStatus *(MVAS_ORT_CALL *CreateCpuMemoryInfo)(OrtAllocatorType allocator, OrtMemType memory, OrtMemoryInfo **out);
  void *unused_70[6];
  OrtStatus *(MVAS_ORT_CALL *AllocatorFree)(OrtAllocator *allocator, void *memory);
  void *unused_77[1];
  OrtStatus *(MVAS_ORT_CALL *GetAllocatorWithDefaultOptions)(OrtAllocator **out);
  void *unused_79[13];
  void (MVAS_ORT_CALL *ReleaseEnv)(OrtEnv *);
  void (MVAS_ORT_CALL *ReleaseStatus)(OrtStatus *);
  void (MVAS_ORT_CALL *ReleaseMemoryInfo)(OrtMemoryInfo *);
  void (MVAS_ORT_CALL *ReleaseSession)(OrtSession *);
  void (MVAS_ORT_CALL *ReleaseValue)(OrtValue *);
  void *unused_97[1];
  void (MVAS_ORT_CALL *ReleaseTypeInfo)(OrtTypeInfo *);
  void (MVAS_ORT_CALL *ReleaseTensorTypeAndShapeInfo)(OrtTensorTypeAndShapeInfo *);
  void (MVAS_ORT_CALL *ReleaseSessionOptions)(OrtSessionOptions *);
  void *unused_101[29];
  OrtStatus *(MVAS_ORT_CALL *AddSessionConfigEntry)(OrtSessionOptions *options, const char *key, const char *value);
};

struct OrtApiBase {
  const OrtApi *(MVAS_ORT_CALL *GetApi)(std::uint32_t version);
  const char *(MVAS_ORT_CALL *GetVersionString)();
};

#undef MVAS_ORT_CALL

#endif  // MVAS_ONNXRUNTIME_OFFICIAL_API

namespace detail {

#define MVAS_ORT_SLOT(name, slot) static_assert(offsetof(OrtApi, name) == (slot) * sizeof(void *), #name)
MVAS_ORT_SLOT(GetErrorMessage, 2);
MVAS_ORT_SLOT(CreateEnv, 3);
MVAS_ORT_SLOT(DisableTelemetryEvents, 6);
MVAS_ORT_SLOT(CreateSession, 7);
MVAS_ORT_SLOT(CreateSessionFromArray, 8);
MVAS_ORT_SLOT(Run, 9);
MVAS_ORT_SLOT(CreateSessionOptions, 10);
MVAS_ORT_SLOT(DisableMemPattern, 17);
MVAS_ORT_SLOT(SetSessionGraphOptimizationLevel, 23);
MVAS_ORT_SLOT(SetIntraOpNumThreads, 24);
MVAS_ORT_SLOT(SessionGetInputCount, 30);
MVAS_ORT_SLOT(SessionGetOutputCount, 31);
MVAS_ORT_SLOT(SessionGetInputTypeInfo, 33);
MVAS_ORT_SLOT(SessionGetOutputTypeInfo, 34);
MVAS_ORT_SLOT(SessionGetInputName, 36);
MVAS_ORT_SLOT(SessionGetOutputName, 37);
MVAS_ORT_SLOT(CreateTensorWithDataAsOrtValue, 49);
MVAS_ORT_SLOT(GetTensorMutableData, 51);
MVAS_ORT_SLOT(CastTypeInfoToTensorInfo, 55);
MVAS_ORT_SLOT(GetTensorElementType, 60);
MVAS_ORT_SLOT(GetDimensionsCount, 61);
MVAS_ORT_SLOT(GetDimensions, 62);
MVAS_ORT_SLOT(GetTensorTypeAndShape, 65);
MVAS_ORT_SLOT(CreateCpuMemoryInfo, 69);
MVAS_ORT_SLOT(AllocatorFree, 76);
MVAS_ORT_SLOT(GetAllocatorWithDefaultOptions, 78);
MVAS_ORT_SLOT(ReleaseEnv, 92);
MVAS_ORT_SLOT(ReleaseStatus, 93);
MVAS_ORT_SLOT(ReleaseMemoryInfo, 94);
MVAS_ORT_SLOT(ReleaseSession, 95);
MVAS_ORT_SLOT(ReleaseValue, 96);
MVAS_ORT_SLOT(ReleaseTypeInfo, 98);
MVAS_ORT_SLOT(ReleaseTensorTypeAndShapeInfo, 99);
MVAS_ORT_SLOT(ReleaseSessionOptions, 100);
MVAS_ORT_SLOT(AddSessionConfigEntry, 130);
#undef MVAS_ORT_SLOT

}  // namespace detail
}  // namespace mvas::onnx

#endif  // MVAS_ONNXRUNTIME_API_HPP
