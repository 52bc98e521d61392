// Completion in bash, with what bash alone has: the package bash-completion is not needed.
import {type Manual, type OptionUsage, type ValueKind, dashed, optionsOf} from './manual.ts';

/** For sourcing, or for a file that bash-completion loads when the program is first completed. */
export function bashCompletion(manual: Manual): string {
	const {program, commands, options} = manual;
	const name = functionName(program);
	const valued = Object.entries(options).filter(([, {value}]) => value !== undefined);
	const words = Object.keys(commands);
	return `# Completion of ${program} in bash, made from the tables that the program reads.
${name}() {
	local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command= i options
	COMPREPLY=()
	# bash makes words of --flag=value at the sign.
	if [[ $before == = ]]; then
		before=\${COMP_WORDS[COMP_CWORD - 2]}
	elif [[ $word == = ]]; then
		word=
	fi
	for ((i = 1; i < COMP_CWORD; i++)); do
		case \${COMP_WORDS[i]} in
			${valued.map(([flag]) => dashed(flag)).join(' | ')})
				((i++))
				[[ \${COMP_WORDS[i]} != = ]] || ((i++)) ;;
			-* | =) ;;
			*)
				command=\${COMP_WORDS[i]}
				break ;;
		esac
	done
	case $before in
${valueCases(valued)}
	esac
	if [[ $word == -* ]]; then
		case $command in
			'') options='${flags(manual)}' ;;
${words.map(each => `			${each}) options='${flags(manual, each)}' ;;`).join('\n')}
		esac
		mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
		return
	fi
	case $command in
		'')
			${offer(words)} ;;
${words
	.flatMap(each => {
		const kind = commands[each]?.takes.at(-1)?.kind;
		return kind === undefined ? [] : [`		${each})\n			${offer(kind)} ;;`];
	})
	.join('\n')}
	esac
}
complete -F ${name} ${program}
`;
}

function functionName(program: string): string {
	return `_${program.replaceAll('-', '_')}`;
}

function flags(manual: Manual, command?: string): string {
	return optionsOf(manual, command)
		.map(([flag]) => dashed(flag))
		.join(' ');
}

/** What may stand behind the flags that want a value. */
function valueCases(valued: ReadonlyArray<readonly [flag: string, option: OptionUsage]>): string {
	const cases = valued.flatMap(([flag, {kind}]) =>
		kind === undefined ? [] : [`		${dashed(flag)})\n			${offer(kind)}\n			return ;;`],
	);
	const others = valued.filter(([, {kind}]) => kind === undefined).map(([flag]) => dashed(flag));
	return [...cases, `		${others.join(' | ')}) return ;;`].join('\n');
}

/** What may stand for \`$word\`. */
function offer(kind: ValueKind): string {
	if (kind === 'folder' || kind === 'file') {
		const what = kind === 'folder' ? '-d' : '-f';
		return `compopt -o filenames; mapfile -t COMPREPLY < <(compgen ${what} -- "$word")`;
	}

	return `mapfile -t COMPREPLY < <(compgen -W '${kind.join(' ')}' -- "$word")`;
}
