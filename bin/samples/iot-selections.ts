/** What the mutations of the fleet select, and so what dashboards hear. The simulated fleet sends the same mutations as the rules of IoT. */

export const deviceSelection = 'id name site location status statusChangedAt lastSeen metrics { recordedAt temperature humidity battery signalStrength }';

export const alertSelection = 'id site deviceId deviceName metric kind severity value expected recordedAt';
