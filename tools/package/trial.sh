#!/bin/sh
# Uses what was installed as people would, in an empty folder: trial.sh VERSION. Says what it has seen, and ends with 0 when all of it was right.
set -eu
version=$1
cd "$(mktemp -d)"
export SIMCHAT_PASSWORD='correct horse battery staple'
children=
trap 'for each in $children; do kill -KILL "$each" 2>/dev/null || true; done' EXIT

# Tries a command for a minute.
patiently() {
	tries=0
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		if [ "$tries" -gt 300 ]; then
			echo "it never came to: $*"
			exit 1
		fi
		sleep 0.2
	done
}

[ "$(simchat --version)" = "$version" ]
[ "$(simchat-server --version)" = "$version" ]
echo "version $version, client and server"

simchat demo </dev/null >demo.txt
[ "$(tail -n 1 demo.txt)" = ok ]
echo "demo: $(grep '^round trips' demo.txt | tr -s ' '), ok"

simchat-server --data server --listen 127.0.0.1:7406 >server.log 2>&1 &
server=$!
children=$server
patiently simchat-server status --data server
for name in alice bob; do
	link=$(simchat-server invite "$name" --data server | grep -o 'simchat://[^ ]*')
	echo "signed up: $(simchat sign-up "$link" --profile "$name")"
done

simchat tail --json --profile bob >heard.jsonl &
tail=$!
children="$server $tail"
patiently grep '"state":"online"' heard.jsonl
simchat send bob 'It is installed.' --wait 60 --profile alice
patiently grep 'It is installed.' heard.jsonl
echo "alice to bob: delivered, and bob has it"
simchat completion bash | grep -q '^complete '
kill -TERM "$tail"
wait "$tail"
kill -TERM "$server"
wait "$server"
children=
echo "tail and server ended in order"
