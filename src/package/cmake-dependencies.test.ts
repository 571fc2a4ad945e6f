import { expect, test } from 'vitest';
import { cmakeDependencies } from './cmake-dependencies.ts';

const file = `# find_package(Commented REQUIRED)
#[[ find_package(AlsoCommented) ]]
set(FMT_TAG 10.2.1) # the tag
set(LATER ON CACHE BOOL "find_package(InText)")
Find_Package( OpenCV 4.5 REQUIRED COMPONENTS core imgproc )
if(WITH_CUDA AND (A OR B))
  find_package(CUDAToolkit)
endif()
FetchContent_Declare(fmt GIT_REPOSITORY https://github.com/fmtlib/fmt.git GIT_TAG \${FMT_TAG})
FetchContent_Declare(
  json
  URL "https://example.com/json.tar.xz" # an archive
  URL_HASH SHA256=${'AB'.repeat(32)})
FetchContent_Declare(inner SOURCE_DIR \${CMAKE_CURRENT_SOURCE_DIR}/inner URL \${CMAKE_CURRENT_SOURCE_DIR}/inner.zip)
ExternalProject_Add(zlib GIT_REPOSITORY https://example.com/zlib GIT_TAG \${UNKNOWN})
CPMAddPackage("gh:gabime/spdlog@1.14.0")
CPMAddPackage(NAME catch VERSION 3.5.0 GITHUB_REPOSITORY catchorg/Catch2)
CPMAddPackage(GITHUB_REPOSITORY owner/bare GIT_TAG main)
find_package(\${UNKNOWN})
find_package()
message("find_package(NotThis)")
`;

test('packages, fetched sources and their versions are found as CMake reads the file', () => {
  expect(cmakeDependencies(file)).toEqual([
    { name: 'OpenCV', minimum: '4.5', optional: false },
    { name: 'CUDAToolkit', optional: true },
    { name: 'fmt', version: '10.2.1', repository: 'https://github.com/fmtlib/fmt.git', optional: false },
    { name: 'json', archive: 'https://example.com/json.tar.xz', sha256: 'ab'.repeat(32), optional: false },
    { name: 'inner', optional: false },
    { name: 'zlib', repository: 'https://example.com/zlib', optional: false },
    { name: 'spdlog', version: '1.14.0', repository: 'https://github.com/gabime/spdlog', optional: false },
    { name: 'catch', version: '3.5.0', repository: 'https://github.com/catchorg/Catch2', optional: false },
    { name: 'bare', version: 'main', repository: 'https://github.com/owner/bare', optional: false },
  ]);
  expect(cmakeDependencies(file.replaceAll('\n', '\r\n'))).toEqual(cmakeDependencies(file));
});

test.each(['', 'find_package(', 'find_package(A', 'if(', '"', '#[[', '))((', '\\\\'])(
  'text that is cut off or no CMake is read as far as it goes: %j',
  (text) => {
    expect(cmakeDependencies(text).length).toBeLessThanOrEqual(1);
  },
);

test('a file of brackets that nobody closes is read in a moment', () => {
  for (const bracket of ['[[', '#[[', '[=[ ', '"\\"']) {
    const start = performance.now();
    cmakeDependencies(bracket.repeat(500_000));
    expect(performance.now() - start, bracket).toBeLessThan(20_000); // without the care it takes minutes
  }
});
