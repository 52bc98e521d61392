// The screen of a state, at the size that the terminal has.
import {Box, useWindowSize} from 'ink';
import {ThemeContext} from '../ui/hooks/use-theme.ts';
import {type Theme} from '../ui/theme.ts';
import {Rows} from '../ui/widgets/row-list.tsx';
import {topRows} from './top-rows.ts';
import {type State} from './state.ts';

type TopScreenProps = {
	readonly state: State;
	/** The data directory. */
	readonly place: string;
	readonly theme: Theme;
};

export function TopScreen({state, place, theme}: TopScreenProps) {
	const {columns, rows} = useWindowSize();
	return (
		<ThemeContext value={theme}>
			<Box width={columns} height={rows} overflow="hidden">
				<Rows rows={topRows(state, {columns, rows}, place)} width={columns} />
			</Box>
		</ThemeContext>
	);
}
