#!/usr/bin/env bash
# Compares the facts with their sources and keeps one issue about what moved: opens it, updates it, closes it when nothing moves any
# more. Where a source can't be asked it leaves the issue as it is and fails, so that the run shows it.
set -euo pipefail

title='Facts moved'
report=$(mktemp)
trap 'rm -f "$report"' EXIT

outcome=0
npm run --silent facts:check > "$report" || outcome=$?
cat "$report"
[ -s "$report" ] # without a report the check itself failed

issue=$(gh issue list --state open --limit 1000 --json number,title --jq "map(select(.title == \"$title\"))[0].number // empty")
case $outcome in
  0) if [ -n "$issue" ]; then gh issue close "$issue" --comment 'Nothing moves any more.'; fi ;;
  1) if [ -n "$issue" ]; then gh issue edit "$issue" --body-file "$report"; else gh issue create --title "$title" --body-file "$report"; fi ;;
  *) exit "$outcome" ;;
esac
