// Draws rows, one below the other. A row that is the same value as before is not looked at again, unless its stand-ins are others.
import {Box, Text} from 'ink';
import {memo} from 'react';
import {useTheme} from '../hooks/use-theme.ts';
import {hyperlink} from '../text/linked.ts';
import {standInGeneration, standInsFor} from '../text/stand-ins.ts';
import {type ScreenRow} from './spans.ts';

export function Rows({rows, width}: {readonly rows: readonly ScreenRow[]; readonly width: number}) {
	const generation = standInGeneration();
	return (
		<Box flexDirection="column" width={width} flexShrink={0}>
			{rows.map((row, index) => (
				<Line key={index} row={row} width={width} generation={generation} />
			))}
		</Box>
	);
}

type LineProps = {readonly row: ScreenRow; readonly width: number; readonly generation: number};

const Line = memo(({row, width}: LineProps) => {
	const theme = useTheme();
	return (
		<Box height={1} width={width} flexShrink={0}>
			<Text wrap="truncate-end">
				{row.length === 0
					? ' '
					: row.map(({text, role, url, isBold, isItalic}, place) => (
							<Text
								key={place}
								{...theme[role ?? 'plain']}
								{...(isBold && {bold: true})}
								{...(isItalic && {italic: true})}
							>
								{url === undefined ? standInsFor(text) : hyperlink(url, standInsFor(text))}
							</Text>
						))}
			</Text>
		</Box>
	);
});
