// What CMake's FindCUDAToolkit looks for.
#pragma once
#include <cuda_runtime_api.h>
