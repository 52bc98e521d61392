// Draws rows, one below the other.
import {Box, Text} from 'ink';
import {useTheme} from '../hooks/use-theme.ts';
import {hyperlink} from '../text/linked.ts';
import {type Row} from './spans.ts';

export function Rows({rows, width}: {readonly rows: readonly Row[]; readonly width: number}) {
	const theme = useTheme();
	return (
		<Box flexDirection="column" width={width} flexShrink={0}>
			{rows.map((row, index) => (
				<Box key={index} height={1} width={width} flexShrink={0}>
					<Text wrap="truncate-end">
						{row.length === 0
							? ' '
							: row.map(({text, role, url}, place) => (
									<Text key={place} {...theme[role ?? 'plain']}>
										{url === undefined ? text : hyperlink(url, text)}
									</Text>
								))}
					</Text>
				</Box>
			))}
		</Box>
	);
}
