# mvas_add_plugin(<target> SOURCES <file>... [LIBRARIES <library>...] [OUTPUT_NAME <name>])
#
# A shared library bin/<platform>/plugin.<so|dll|dylib> under the install prefix that shows the functions of the
# contract and nothing else, binds its own calls to itself, finds its libraries in deps/<platform>, is hardened, and
# holds no path of the machine it was built on.
function(mvas_add_plugin target)
  cmake_parse_arguments(PARSE_ARGV 1 plugin "" "OUTPUT_NAME" "SOURCES;LIBRARIES")
  if(plugin_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "mvas_add_plugin(${target}): unknown arguments: ${plugin_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT plugin_SOURCES)
    message(FATAL_ERROR "mvas_add_plugin(${target}): SOURCES names no file")
  endif()
  if(NOT plugin_OUTPUT_NAME)
    set(plugin_OUTPUT_NAME plugin)
  endif()

  # In the caller's folder: imported targets are not seen outside the one that found them.
  find_package(Threads REQUIRED)
  # SHARED, not MODULE: a MODULE is a bundle on macOS, and hosts look for plugin.dylib.
  add_library(${target} SHARED ${plugin_SOURCES})
  target_include_directories(${target} PRIVATE "${MVAS_INCLUDE_DIR}")
  target_link_libraries(${target} PRIVATE ${plugin_LIBRARIES} Threads::Threads ${CMAKE_DL_LIBS})
  target_compile_features(${target} PRIVATE cxx_std_17 c_std_11)
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME "${plugin_OUTPUT_NAME}" PREFIX "" NO_SONAME ON DEFINE_SYMBOL ""
    C_EXTENSIONS OFF CXX_EXTENSIONS OFF
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    MSVC_RUNTIME_LIBRARY "MultiThreaded$<$<CONFIG:Debug>:Debug>")
  mvas_runpath(${target})
  if(MSVC)
    mvas_flags_msvc(${target})
  else()
    mvas_flags_gnu(${target})
  endif()
  # No ARCHIVE: nobody links against a plugin.
  install(TARGETS ${target} RUNTIME DESTINATION "bin/${MVAS_PLATFORM_DIR}" LIBRARY DESTINATION "bin/${MVAS_PLATFORM_DIR}")
endfunction()

# The library in the build folder is the one that is shipped: it already looks for its libraries relative to itself.
function(mvas_runpath target)
  set(origin "$ORIGIN")
  if(APPLE)
    set(origin "@loader_path")
  endif()
  set_target_properties(${target} PROPERTIES
    BUILD_WITH_INSTALL_RPATH ON INSTALL_RPATH_USE_LINK_PATH OFF INSTALL_NAME_DIR "@rpath"
    INSTALL_RPATH "${origin};${origin}/../../deps/${MVAS_PLATFORM_DIR}")
endfunction()

function(mvas_flags_msvc target)
  target_compile_options(${target} PRIVATE /W4 /utf-8 /guard:cf /permissive- /EHsc /Brepro)
  target_link_options(${target} PRIVATE /guard:cf /DYNAMICBASE /NXCOMPAT /Brepro)
endfunction()

function(mvas_flags_gnu target)
  set(sanitized FALSE)
  if("${CMAKE_C_FLAGS} ${CMAKE_CXX_FLAGS} ${CMAKE_SHARED_LINKER_FLAGS}" MATCHES "-fsanitize=")
    set(sanitized TRUE)
  endif()
  target_compile_options(${target} PRIVATE -Wall -Wextra
    "-ffile-prefix-map=${CMAKE_SOURCE_DIR}=." "-ffile-prefix-map=${CMAKE_BINARY_DIR}=build" "-ffile-prefix-map=${MVAS_INCLUDE_DIR}=include")
  if(NOT sanitized AND NOT WIN32)
    # MinGW has the library for neither; fortify checks need the optimiser.
    target_compile_options(${target} PRIVATE -fstack-protector-strong "$<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>")
  endif()
  if(APPLE)
    mvas_show_only(${target} mvas_exports.list "LINKER:-exported_symbols_list,")
  elseif(WIN32)
    # dllexport shows the contract alone. The runtime goes into the plugin: factory computers have no MinGW.
    target_link_options(${target} PRIVATE -static LINKER:--dynamicbase LINKER:--nxcompat LINKER:--high-entropy-va LINKER:--no-insert-timestamp)
  else()
    mvas_show_only(${target} mvas_exports.map "LINKER:--version-script=")
    target_link_options(${target} PRIVATE LINKER:-Bsymbolic-functions LINKER:--enable-new-dtags LINKER:--build-id=sha1
      LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack)
    if(NOT sanitized)
      # Sanitizers leave their own functions to the host.
      target_link_options(${target} PRIVATE LINKER:-z,defs)
    endif()
  endif()
endfunction()

function(mvas_show_only target list option)
  target_link_options(${target} PRIVATE "${option}${MVAS_CMAKE_DIR}/${list}")
  set_target_properties(${target} PROPERTIES LINK_DEPENDS "${MVAS_CMAKE_DIR}/${list}")
endfunction()
