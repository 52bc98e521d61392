// Completion in fish: one line for each thing that may come next.
import {type Manual, type OptionUsage, type ValueKind, dashed} from './manual.ts';

/** For a file in the folders of fish_complete_path; sourcing it does as well. */
export function fishCompletion({program, alone, commands, options, general}: Manual): string {
	const name = `__${program.replaceAll('-', '_')}`;
	const valued = Object.entries(options).flatMap(([flag, {value}]) => (value === undefined ? [] : [dashed(flag)]));
	const at = (word: string) => `-n '${name}_at ${word}'`;
	const lines = [
		...Object.entries(commands).flatMap(([word, {says, takes}]) => {
			const values = offer(takes.at(-1)?.kind);
			return [`${at('""')} -a ${word} -d ${quoted(says)}`, ...(values === undefined ? [] : [`${at(word)} ${values}`])];
		}),
		...Object.entries(options).map(([flag, option]) => {
			if (general.includes(flag)) return optionLine(flag, option);
			const of = Object.keys(commands).filter(word => commands[word]?.flags.includes(flag));
			if (alone.flags.includes(flag)) of.unshift('""');
			return `${at(of.join(' '))} ${optionLine(flag, option)}`;
		}),
	];
	return `# Completion of ${program} in fish, made from the tables that the program reads.
function ${name}_command
	set -l isValue no
	for word in (commandline -opc)[2..-1]
		if test $isValue = yes
			set isValue no
			continue
		end
		switch $word
			case ${valued.join(' ')}
				set isValue yes
			case '-*'
			case '*'
				echo $word
				return
		end
	end
end
# Whether the command is one of these; "" stands for none yet.
function ${name}_at
	set -l command (${name}_command)
	contains -- "$command" $argv
end
complete -c ${program} -f
${lines.map(line => `complete -c ${program} ${line}`).join('\n')}
`;
}

function optionLine(flag: string, {value, kind, short, says}: OptionUsage): string {
	const takes = value === undefined ? [] : ['-x', ...(kind === undefined ? [] : [offer(kind)])];
	return [
		`-l ${dashed(flag).slice(2)}`,
		...(short === undefined ? [] : [`-s ${short}`]),
		...takes,
		`-d ${quoted(says)}`,
	].join(' ');
}

function offer(kind: ValueKind | undefined): string | undefined {
	if (kind === undefined) return undefined;
	if (kind === 'folder') return "-a '(__fish_complete_directories)'";
	return kind === 'file' ? "-a '(__fish_complete_path)'" : `-a ${quoted(kind.join(' '))}`;
}

function quoted(words: string): string {
	return `'${words.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}
