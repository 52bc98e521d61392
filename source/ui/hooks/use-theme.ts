// The theme that everything on the screen is drawn with.
import {createContext, use} from 'react';
import {type Theme, themeFor} from '../theme.ts';

export const ThemeContext = createContext<Theme>(themeFor({}));

export function useTheme(): Theme {
	return use(ThemeContext);
}
