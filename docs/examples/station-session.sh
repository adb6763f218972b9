# SPDX-License-Identifier: Apache-2.0
# Bash functions for a station without a window: source this file. Needs jq. Each person has a port of their own.

# station_open --data FOLDER --passphrase-file FILE [--drive FOLDER]… [--port PATH]…: starts the station.
station_open() {
  coproc AIRLOCK_STATION { airlock station run "$@"; }
  station_pid=$AIRLOCK_STATION_PID
  exec {station_out}<&"${AIRLOCK_STATION[0]}" {station_in}>&"${AIRLOCK_STATION[1]}"
}

# ask PERSON CALL [PARAMETERS]: makes a call, waits for its job, prints the result. Passwords go through the pipe and a
# builtin of the shell, so that no list of processes shows them.
ask() {
  local answer params=${3:-"{}"}
  printf '{"id":1,"port":"%s","call":"%s","params":%s,"wait":true}\n' "$1" "$2" "${params//$'\n'/ }" >&"$station_in"
  IFS= read -r answer <&"$station_out" || return 3
  if jq -e .error <<< "$answer" > /dev/null; then
    jq -r '"\(.error.code) \(.error.details)"' <<< "$answer" >&2
    return 1
  fi
  jq .result <<< "$answer"
}

# sign_in LOGIN: the password is read from LOGIN.password.
sign_in() {
  ask "$1" session.signIn "$(jq -n --arg login "$1" --rawfile p "$1.password" '{$login, password: ($p | rtrimstr("\n"))}')" \
    > /dev/null
}

# confirm_policy PERSON DRIVE FILE: asks the person at the keyboard for four words of the paper.
confirm_policy() {
  local review place word words=()
  review=$(ask "$1" trust.review "{\"driveId\":\"$2\",\"name\":\"$3\"}")
  for place in $(jq -r '.positions[]' <<< "$review"); do
    printf '%s: word %s of the paper: ' "$1" "$place" >&2
    read -r word
    words+=("$(jq -n --argjson position "$place" --arg word "$word" '{$position, $word}')")
  done
  ask "$1" trust.confirm "$(printf '%s\n' "${words[@]}" | jq -s --arg driveId "$2" --arg name "$3" \
    --arg manifest "$(jq -r .manifest <<< "$review")" --rawfile p "$1.password" \
    '{$driveId, $name, $manifest, words: ., password: ($p | rtrimstr("\n"))}')"
}

# station_close: the station ends what it does and stops.
station_close() {
  exec {station_in}>&- {AIRLOCK_STATION[1]}>&-
  wait "$station_pid"
}
