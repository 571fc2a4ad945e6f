# Gives mvas_add_plugin(): find_package(MvasPlugin) with this folder in the search path, or add_subdirectory of the SDK.
if(CMAKE_VERSION VERSION_LESS 3.18)
  message(FATAL_ERROR "MvasPlugin needs CMake 3.18 or later, this is ${CMAKE_VERSION}")
endif()

# Kept for the function, which may be called from any folder of the project.
set(MVAS_CMAKE_DIR "${CMAKE_CURRENT_LIST_DIR}" CACHE INTERNAL "Where the MvasPlugin files are")
get_filename_component(MVAS_INCLUDE_DIR "${CMAKE_CURRENT_LIST_DIR}/../include" ABSOLUTE)
set(MVAS_INCLUDE_DIR "${MVAS_INCLUDE_DIR}" CACHE INTERNAL "Where mvas_plugin.h is")

include("${CMAKE_CURRENT_LIST_DIR}/MvasPlatform.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/MvasAddPlugin.cmake")
