#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A firmware pipeline, one stage a call: ci.sh test | pack | release | qa | check
# The image lies in build/firmware.bin. Same commit, same test report: same bundle.
set -euo pipefail

product=${PRODUCT:?name of the product}
version=${VERSION:?SemVer of the release}
commit=${COMMIT:?commit that was built}
bundle=out/$product-$version.airfw
mkdir -p out

# On a device at PORT, real or emulated: writes the image, reads it back, waits for its banner.
test_on_device() {
  airlock flash --port "$PORT" --image build/firmware.bin --compare --json > out/test-report.json
}

pack() {
  local image released
  image=$(sha256sum build/firmware.bin | cut -d' ' -f1)
  released=$(date -u -d "@${SOURCE_DATE_EPOCH:?time of the commit, in seconds}" +%Y-%m-%dT%H:%M:%SZ)

  # Where your build tool writes an SBOM and a provenance, take those.
  jq -n --arg name "$product" --arg version "$version" --arg sha "$image" \
    '{bomFormat: "CycloneDX", specVersion: "1.6", components: [{type: "firmware", $name, $version,
      hashes: [{alg: "SHA-256", content: $sha}]}]}' > out/sbom.json
  jq -n --arg sha "$image" --arg commit "$commit" --arg build "${BUILD_ID:?}" --arg builder "${BUILDER:?}" \
    '{_type: "https://in-toto.io/Statement/v1", subject: [{name: "payload/firmware.bin", digest: {sha256: $sha}}],
      predicateType: "https://slsa.dev/provenance/v1",
      predicate: {buildDefinition: {buildType: "https://slsa.dev/", externalParameters: {$commit}},
        runDetails: {builder: {id: $builder}, metadata: {invocationId: $build}}}}' > out/provenance.json

  jq -n --arg id "$(uuid "$product $version $commit")" --arg product "$product" --arg version "$version" \
    --arg vendor "${VENDOR:?}" --argjson counter "${COUNTER:?security counter}" --arg released "$released" \
    --arg commit "$commit" --arg build "$BUILD_ID" --arg builder "$BUILDER" --arg repository "${REPOSITORY:?}" '
    {kind: "airlock.firmware", schema: 1, bundleId: $id, $vendor, $product, channel: "production", $version,
     securityCounter: $counter, releasedAt: $released,
     expires: ($released | fromdate + 365 * 86400 | todate), policyMin: 1, importerMin: "0.1.0",
     source: {$repository, $commit, $build, $builder},
     compat: [{model: $product, hardware: ["rev-b", "rev-c"]}],
     payloads: [{path: "payload/firmware.bin", file: "../build/firmware.bin", component: "application",
       format: "bin", driver: "stk500v1", options: {}}],
     evidence: [{path: "evidence/sbom.json", file: "sbom.json", type: "cyclonedx-sbom"},
       {path: "evidence/provenance.json", file: "provenance.json", type: "slsa-provenance"},
       {path: "evidence/test-report.json", file: "test-report.json", type: "test-report"}]}' > out/bundle.json
  airlock bundle pack --force out/bundle.json --out "$bundle"
}

# A UUID that is the same for the same words (version 8: made by the maker's own rule).
uuid() {
  sha256sum <<< "$1" | sed -E 's/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/\1-\2-8\3-8\4-\5/'
}

sign() {
  airlock bundle sign "$bundle" --role "$1" --key "$2" --cert "$3"
}

case ${1:-} in
  test) test_on_device ;;
  pack) pack ;;
  release) sign release "${RELEASE_KEY:?}" "${RELEASE_CERT:?}" ;;
  qa) sign qa "${QA_KEY:?}" "${QA_CERT:?}" ;;
  check) airlock bundle verify "$bundle" --policy "${POLICY:?trust policy in force at the sites}" ;;
  *) sed -n 's/^# A firmware pipeline, one stage a call: /usage: /p' "$0" >&2; exit 2 ;;
esac
