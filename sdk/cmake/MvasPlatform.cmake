# The platforms of the standard: key and folder under bin/ and deps/. Sets MVAS_PLATFORM and MVAS_PLATFORM_DIR.
set(mvas_platform_table
  "Windows|x64|windows-x64|windows"
  "Windows|arm64|windows-arm64|windows-arm64"
  "Linux|x64|linux-x64|linux"
  "Linux|arm64|linux-arm64|linux-arm64"
  "Darwin|x64|macos-x64|macos"
  "Darwin|arm64|macos-arm64|macos-arm64")

# What the build is for: Visual Studio and Xcode say it themselves, elsewhere it is the target system's processor.
set(mvas_processor "${CMAKE_SYSTEM_PROCESSOR}")
if(CMAKE_GENERATOR_PLATFORM)
  set(mvas_processor "${CMAKE_GENERATOR_PLATFORM}")
elseif(APPLE AND CMAKE_OSX_ARCHITECTURES)
  set(mvas_processor "${CMAKE_OSX_ARCHITECTURES}")
endif()
string(TOLOWER "${mvas_processor}" mvas_processor)
if(mvas_processor MATCHES "^(x86_64|amd64|x64)$")
  set(mvas_processor x64)
elseif(mvas_processor MATCHES "^(aarch64|arm64)$")
  set(mvas_processor arm64)
endif()

unset(MVAS_PLATFORM CACHE)
foreach(mvas_row IN LISTS mvas_platform_table)
  if(mvas_row MATCHES "^${CMAKE_SYSTEM_NAME}\\|${mvas_processor}\\|([^|]+)\\|([^|]+)$")
    set(MVAS_PLATFORM "${CMAKE_MATCH_1}" CACHE INTERNAL "Platform key")
    set(MVAS_PLATFORM_DIR "${CMAKE_MATCH_2}" CACHE INTERNAL "Folder of the platform under bin/ and deps/")
  endif()
endforeach()
if(NOT MVAS_PLATFORM)
  message(FATAL_ERROR "MvasPlugin: no platform key for ${CMAKE_SYSTEM_NAME} on '${mvas_processor}'; "
    "known are Windows, Linux and Darwin on x64 or arm64, one processor a build")
endif()
