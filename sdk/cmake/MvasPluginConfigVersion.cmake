# The version of the package is the version of the contract in mvas_plugin.h: find_package(MvasPlugin 2.0).
file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/../include/mvas_plugin.h" mvas_version_lines REGEX "define MVAS_ABI_VERSION_(MAJOR|MINOR) ")
string(REGEX REPLACE ".*MAJOR ([0-9]+).*MINOR ([0-9]+).*" "\\1.\\2" PACKAGE_VERSION "${mvas_version_lines}")
string(REGEX REPLACE "\\..*" "" mvas_version_major "${PACKAGE_VERSION}")

set(PACKAGE_VERSION_COMPATIBLE FALSE)
if(PACKAGE_FIND_VERSION_MAJOR EQUAL mvas_version_major AND NOT PACKAGE_VERSION VERSION_LESS PACKAGE_FIND_VERSION)
  set(PACKAGE_VERSION_COMPATIBLE TRUE)
endif()
if(PACKAGE_FIND_VERSION VERSION_EQUAL PACKAGE_VERSION)
  set(PACKAGE_VERSION_EXACT TRUE)
endif()
