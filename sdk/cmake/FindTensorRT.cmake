# Finds TensorRT 8.5 and later as archives, Debian packages, containers and Windows' ZIP files lay it out.
#
#   find_package(TensorRT 8.5 REQUIRED)                                    the headers: a plugin opens the library at run time
#   find_package(TensorRT 8.5 REQUIRED COMPONENTS nvinfer nvonnxparser)    the libraries too
#
# Looks in TENSORRT_ROOT (a CMake variable, else one of the environment), then in /usr/local/TensorRT or C:/TensorRT, then on the system.
# Sets TensorRT_VERSION, TensorRT_INCLUDE_DIR, TensorRT_<component>_LIBRARY and the targets TensorRT::headers and TensorRT::<component>.
if(NOT TENSORRT_ROOT AND DEFINED ENV{TENSORRT_ROOT})
  set(TENSORRT_ROOT "$ENV{TENSORRT_ROOT}")
endif()
if(WIN32)
  set(tensorrt_roots ${TENSORRT_ROOT} C:/TensorRT)
else()
  set(tensorrt_roots ${TENSORRT_ROOT} /usr/local/TensorRT)
endif()
set(tensorrt_triplet "${CMAKE_SYSTEM_PROCESSOR}-linux-gnu")

# Another root than last time must not be answered from the cache.
if(NOT "${TENSORRT_ROOT}" STREQUAL "${tensorrt_looked_in}")
  unset(TensorRT_INCLUDE_DIR CACHE)
endif()
set(tensorrt_looked_in "${TENSORRT_ROOT}" CACHE INTERNAL "The TENSORRT_ROOT that the cache is of")

find_path(TensorRT_INCLUDE_DIR NvInferVersion.h HINTS ${tensorrt_roots} PATH_SUFFIXES include "include/${tensorrt_triplet}"
  DOC "Folder of TensorRT's headers")
mark_as_advanced(TensorRT_INCLUDE_DIR)

# NV_TENSORRT_MAJOR is a number, or since 10.8 the name of one: TRT_MAJOR_ENTERPRISE.
unset(TensorRT_VERSION)
if(TensorRT_INCLUDE_DIR)
  file(STRINGS "${TensorRT_INCLUDE_DIR}/NvInferVersion.h" tensorrt_lines REGEX "^#define[ \t]+(NV_TENSORRT|TRT)_(MAJOR|MINOR|PATCH)(_ENTERPRISE)?[ \t]+[0-9]+")
  set(tensorrt_numbers "")
  foreach(tensorrt_part MAJOR MINOR PATCH)
    foreach(tensorrt_line IN LISTS tensorrt_lines)
      if(tensorrt_line MATCHES "(NV_TENSORRT_${tensorrt_part}|TRT_${tensorrt_part}_ENTERPRISE)[ \t]+([0-9]+)")
        list(APPEND tensorrt_numbers "${CMAKE_MATCH_2}")
        break()
      endif()
    endforeach()
  endforeach()
  list(LENGTH tensorrt_numbers tensorrt_count)
  if(tensorrt_count EQUAL 3)
    list(JOIN tensorrt_numbers "." TensorRT_VERSION)
    list(GET tensorrt_numbers 0 tensorrt_major)
  endif()
endif()

# libnvinfer.so, without development packages libnvinfer.so.10; nvinfer.lib, since 10 nvinfer_10.lib.
foreach(tensorrt_component IN LISTS TensorRT_FIND_COMPONENTS)
  unset(TensorRT_${tensorrt_component}_LIBRARY CACHE)
  find_library(TensorRT_${tensorrt_component}_LIBRARY
    NAMES "${tensorrt_component}_${tensorrt_major}" ${tensorrt_component} "lib${tensorrt_component}.so.${tensorrt_major}"
    HINTS ${tensorrt_roots} PATH_SUFFIXES lib "lib/${tensorrt_triplet}" "targets/${tensorrt_triplet}/lib" lib/x64
    DOC "TensorRT's library ${tensorrt_component}")
  mark_as_advanced(TensorRT_${tensorrt_component}_LIBRARY)
  set(TensorRT_${tensorrt_component}_FOUND FALSE)
  if(TensorRT_${tensorrt_component}_LIBRARY)
    set(TensorRT_${tensorrt_component}_FOUND TRUE)
    get_filename_component(tensorrt_file "${TensorRT_${tensorrt_component}_LIBRARY}" REALPATH)
    if(tensorrt_file MATCHES "\\.so\\.([0-9]+)" AND NOT CMAKE_MATCH_1 STREQUAL tensorrt_major)
      set(TensorRT_${tensorrt_component}_FOUND FALSE)
      set(tensorrt_reason "${tensorrt_file} is of another version than ${TensorRT_INCLUDE_DIR}, which is ${TensorRT_VERSION}. ")
    endif()
  endif()
endforeach()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(TensorRT REQUIRED_VARS TensorRT_INCLUDE_DIR TensorRT_VERSION VERSION_VAR TensorRT_VERSION HANDLE_COMPONENTS
  REASON_FAILURE_MESSAGE "${tensorrt_reason}Unpack TensorRT 8.5 or later and name its folder: -DTENSORRT_ROOT=<folder>, or the environment variable TENSORRT_ROOT.")

if(TensorRT_FOUND AND NOT TARGET TensorRT::headers)
  add_library(TensorRT::headers INTERFACE IMPORTED)
  target_include_directories(TensorRT::headers SYSTEM INTERFACE "${TensorRT_INCLUDE_DIR}")
endif()
foreach(tensorrt_component IN LISTS TensorRT_FIND_COMPONENTS)
  if(TensorRT_FOUND AND TensorRT_${tensorrt_component}_FOUND AND NOT TARGET TensorRT::${tensorrt_component})
    add_library(TensorRT::${tensorrt_component} UNKNOWN IMPORTED)
    set_target_properties(TensorRT::${tensorrt_component} PROPERTIES IMPORTED_LOCATION "${TensorRT_${tensorrt_component}_LIBRARY}")
    target_link_libraries(TensorRT::${tensorrt_component} INTERFACE TensorRT::headers)
  endif()
endforeach()
