// Builds what the package brings into dist/: both doors as bundles, which start four times as fast as the sources, the library, the types
// of bots, what goes into share/, and the licences of what is bundled.
import {writeFile} from 'node:fs/promises';
import project from '../package.json' with {type: 'json'};
import {writeBotTypes} from '../tools/build/bot-types.ts';
import {bundle, bundleSkeleton} from '../tools/build/bundling.ts';
import {buildLibrary} from '../tools/build/library.ts';
import {noticesOf, packagesIn} from '../tools/build/notices.ts';
import {writeSharedFiles} from '../tools/build/shared-files.ts';

const doors = await bundle({cli: 'cli.tsx', server: 'server.ts'}, 'dist', {isWhole: true});
await bundleSkeleton('dist');
const library = await buildLibrary('dist/protocol');
await writeBotTypes('dist/bot');
await writeSharedFiles('dist/share', project.version);
await writeFile('dist/THIRD-PARTY-NOTICES.txt', await noticesOf([...packagesIn(doors), ...packagesIn(library)]));
