// A stand-in for TensorRT's ONNX parser: only what plugins use, in the shape of the public interface.
#pragma once

#include "NvInfer.h"

static const int NV_ONNX_PARSER_VERSION = 100;

namespace nvonnxparser {

class IParserError {
 public:
  virtual char const *desc() const noexcept = 0;

 protected:
  virtual ~IParserError() = default;
};

class IParser {
 public:
  virtual bool parse(void const *model, std::size_t size, char const *path = nullptr) noexcept = 0;
  virtual int getNbErrors() const noexcept = 0;
  virtual IParserError const *getError(int index) const noexcept = 0;
  virtual ~IParser() noexcept = default;
};

}  // namespace nvonnxparser
