// What the person wants of the network, as the settings say.
import {type NetworkWishes} from '../channel/network/surroundings.ts';
import {type Settings} from './profile-settings.ts';

export function networkWishes({preferences, isPortByHand, port}: Settings): NetworkWishes {
	const {localAddresses, mapPort} = preferences;
	const forwardedPort = isPortByHand ? port : undefined;
	return {tellsLocal: localAddresses === 'contacts', mapsPort: mapPort, forwardedPort};
}
