// Completion in zsh, by its own _arguments and _describe.
import {type Manual, type OptionUsage, type ValueKind, type WordUsage, dashed, optionsOf} from './manual.ts';

/** For a file in the folders of fpath; sourcing it does as well, behind compinit. */
export function zshCompletion(manual: Manual): string {
	const {program, alone, commands} = manual;
	const name = `_${program}`;
	const list = Object.entries(commands).map(([word, {says}]) => quoted(`${word.replaceAll(':', '\\:')}:${says}`));
	const cases = Object.keys(commands).map(
		word => `		${word})\n			_arguments -S ${specs(manual, word, commands[word]?.takes ?? [])} ;;`,
	);
	return `#compdef ${program}
# Made from the tables that the program reads.
${name}() {
	local curcontext=$curcontext state line
	local -a commands=(
		${list.join('\n		')}
	)
	_arguments -C -S ${optionSpecs(manual).join(' ')} '1: :->command' '*:: :->rest' && return
	if [[ $state == command ]]; then
		_describe -t commands ${quoted(alone.takes.length === 0 ? 'command' : 'command or link')} commands
		return
	fi
	case $words[1] in
${cases.join('\n')}
	esac
}
if [[ $funcstack[1] == ${name} ]]; then
	${name} "$@"
else
	compdef ${name} ${program}
fi
`;
}

function specs(manual: Manual, command: string, takes: readonly WordUsage[]): string {
	const words = takes.map(({name, kind, isMany}) => quoted(`${isMany === true ? '*' : ''}:${name}:${action(kind)}`));
	return [...optionSpecs(manual, command), ...words].join(' ');
}

function optionSpecs(manual: Manual, command?: string): string[] {
	return optionsOf(manual, command).flatMap(([flag, option]) => optionSpec(flag, option));
}

function optionSpec(flag: string, {value, kind, short, isMany, says}: OptionUsage): string[] {
	const what = `[${says.replaceAll(/[[\]:\\]/g, String.raw`\$&`)}]`;
	if (value !== undefined)
		return [quoted(`${isMany === true ? '*' : ''}${dashed(flag)}=${what}:${value}:${action(kind)}`)];
	return [quoted(`${dashed(flag)}${what}`), ...(short === undefined ? [] : [quoted(`-${short}${what}`)])];
}

function action(kind: ValueKind | undefined): string {
	if (kind === undefined) return ' ';
	if (kind === 'folder') return '_files -/';
	return kind === 'file' ? '_files' : `(${kind.join(' ')})`;
}

function quoted(words: string): string {
	return `'${words.replaceAll("'", String.raw`'\''`)}'`;
}
