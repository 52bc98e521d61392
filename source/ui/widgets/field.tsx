// One line to type into. The cursor, the terminal's own, stands at its end.
import {Text} from 'ink';
import TextInput from 'ink-text-input';
import {useState} from 'react';
import {useTheme} from '../hooks/use-theme.ts';
import {safeText} from '../text/safe.ts';
import {standInsFor, withoutStandIns} from '../text/stand-ins.ts';
import {widthOf} from '../text/width.ts';
import {DOT} from './spans.ts';

type FieldProps = {
	readonly value: string;
	readonly onChange: (value: string) => void;
	/** The keys go here. */
	readonly isActive: boolean;
	/** Drawn as dots. */
	readonly isSecret?: boolean;
};

export function Field({value, onChange, isActive, isSecret = false}: FieldProps) {
	const theme = useTheme();
	// A value that was changed from outside has its cursor at the end again.
	const [typed, setTyped] = useState({value, generation: 0});
	if (typed.value !== value) setTyped({value, generation: typed.generation + 1});
	return (
		<Text wrap="truncate-start" {...theme.plain}>
			<TextInput
				key={typed.generation}
				value={isSecret ? value : standInsFor(value)}
				focus={isActive}
				showCursor={false}
				{...(isSecret ? {mask: DOT} : {})}
				onChange={drawn => {
					const whole = withoutHalves(drawn);
					const next = isSecret ? whole : withoutStandIns(whole);
					// What is drawn otherwise than it was typed has the cursor at its end, too.
					const isAsTyped = isSecret || standInsFor(next) === drawn;
					setTyped({value: isSecret ? drawn : next, generation: typed.generation + Number(!isAsTyped)});
					onChange(isSecret ? whole : safeText(next, {newlines: false}));
				}}
			/>
		</Text>
	);
}

/** Cells up to the cursor, of a value in a field. */
export function fieldCursor(value: string, isSecret = false): number {
	return isSecret ? value.length : widthOf(value);
}

/** Backspace takes a UTF-16 unit, and leaves the other half of an emoji. */
function withoutHalves(text: string): string {
	return text.isWellFormed() ? text : text.replaceAll(/\p{Cs}/gu, '');
}
