// A correct plugin in Go, built with -buildmode=c-shared: what the host gets is allocated by C.
package main

/*
#include <stdint.h>
#include <stdlib.h>
#include <stdio.h>
#include "mvas_plugin.h"
void remember_error(const char *text);
static const char *decision_of(float score) {
  return score > 0.6f ? MVAS_DECISION_FAIL : score > 0.4f ? MVAS_DECISION_REVIEW : MVAS_DECISION_PASS;
}
*/
import "C"

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"syscall"
	"unsafe"
)

const cells = 12

type brightnessModel struct{ gain, offset int }

type failure struct {
	code C.int32_t
	text string
}

var (
	lock   sync.Mutex
	loaded *brightnessModel
)

func main() {}

// guarded turns failures and panics into a code and a text.
func guarded(body func() *failure) (code C.int32_t) {
	text := ""
	defer func() {
		if recover() != nil {
			code, text = C.MVAS_ERROR_INFERENCE, "the plugin panicked"
		}
		words := C.CString(text)
		C.remember_error(words)
		C.free(unsafe.Pointer(words))
	}()
	lock.Lock()
	defer lock.Unlock()
	if found := body(); found != nil {
		code, text = found.code, found.text
	}
	return code
}

func readModel(path string) (*brightnessModel, *failure) {
	content, err := os.ReadFile(path)
	if path == "" || errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, &failure{C.MVAS_ERROR_MODEL_NOT_FOUND, "there is no model file " + path}
	}
	model := &brightnessModel{}
	if err == nil {
		_, err = fmt.Sscanf(string(content), "mvas brightness model 1\n%d %d\n", &model.gain, &model.offset)
	}
	if err != nil || string(content) != fmt.Sprintf("mvas brightness model 1\n%d %d\nend\n", model.gain, model.offset) {
		return nil, &failure{C.MVAS_ERROR_INIT_FAILED, path + " is no brightness model"}
	}
	return model, nil
}

//export goInit
func goInit(modelPath *C.char, configJSON *C.char) C.int32_t {
	return guarded(func() *failure {
		model, failed := readModel(C.GoString(modelPath))
		if failed != nil {
			return failed
		}
		if config := C.GoString(configJSON); config != "" {
			var members map[string]json.RawMessage
			if json.Unmarshal([]byte(config), &members) != nil || members == nil {
				return &failure{C.MVAS_ERROR_INVALID_INPUT, "the configuration is no JSON object"}
			}
		}
		loaded = model
		return nil
	})
}

//export goCleanup
func goCleanup() {
	lock.Lock()
	defer lock.Unlock()
	loaded = nil
}

// channelsOf gives the channels of a format, 0 for an unknown one; the field host calls every image RGB.
func channelsOf(format string, channels C.int32_t) C.int32_t {
	switch {
	case format == "GRAY" || format == "RGB" && channels == 1:
		return 1
	case format == "RGBA" || format == "RGB" && channels == 4:
		return 4
	case format == "RGB" || format == "BGR":
		return 3
	}
	return 0
}

func problem(image *C.MVASImage) string {
	if image == nil || image.data == nil || image.format == nil {
		return "image, data or format is NULL"
	}
	channels := channelsOf(C.GoString(image.format), image.channels)
	row := int64(image.width) * int64(channels)
	switch {
	case channels == 0:
		return "the format is unknown"
	case channels != image.channels:
		return "the channels do not fit the format"
	case image.width <= 0 || image.height <= 0:
		return "the image has no size"
	case int64(image.stride) < row:
		return "the stride is shorter than a row"
	case row*int64(image.height) > 1<<31-1:
		return "the image is too large"
	}
	return ""
}

func brightness(image *C.MVASImage, column, row int64) float32 {
	x, y := column*int64(image.width)/cells, row*int64(image.height)/cells
	pixel := unsafe.Slice((*uint8)(unsafe.Add(unsafe.Pointer(image.data), y*int64(image.stride)+x*int64(image.channels))), int(image.channels))
	grey := int(pixel[0])
	if len(pixel) >= 3 {
		red, blue := 0, 2
		if C.GoString(image.format) == "BGR" {
			red, blue = 2, 0
		}
		grey = (4899*int(pixel[red]) + 9617*int(pixel[1]) + 1868*int(pixel[blue]) + 8192) >> 14
	}
	grey = grey*loaded.gain/256 + loaded.offset
	if grey < 0 {
		grey = 0
	} else if grey > 255 {
		grey = 255
	}
	return float32(grey) / 255
}

//export goInfer
func goInfer(image *C.MVASImage, result *C.MVASResult) C.int32_t {
	return guarded(func() *failure {
		if loaded == nil {
			return &failure{C.MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised"}
		}
		if result == nil {
			return &failure{C.MVAS_ERROR_INVALID_INPUT, "result is NULL"}
		}
		*result = C.MVASResult{}
		if text := problem(image); text != "" {
			return &failure{C.MVAS_ERROR_INVALID_INPUT, text}
		}
		result.anomaly_map = (*C.float)(C.malloc(cells * cells * 4))
		result.anomaly_map_width, result.anomaly_map_height = cells, cells
		var sum float32
		for i, values := int64(0), unsafe.Slice((*float32)(unsafe.Pointer(result.anomaly_map)), cells*cells); i < cells*cells; i++ {
			values[i] = brightness(image, i%cells, i/cells)
			sum += values[i]
		}
		score := sum / (cells * cells)
		if score > 1 {
			score = 1 // what rounding left above
		}
		result.anomaly_score, result.confidence = C.float(score), C.float(score)
		if score < 0.5 {
			result.confidence = C.float(1 - score)
		}
		result.decision = C.decision_of(C.float(score))
		result.details_json = C.CString(fmt.Sprintf(`{"brightness": %.4f}`, score))
		return nil
	})
}
