// Builds what the package brings into dist/: both doors as bundles, which start four times as fast as the sources, and the library.
import {bundle} from '../tools/build/bundling.ts';
import {buildLibrary} from '../tools/build/library.ts';

await bundle({cli: 'cli.tsx', server: 'server.ts'}, 'dist', {isWhole: true});
await buildLibrary('dist/protocol');
