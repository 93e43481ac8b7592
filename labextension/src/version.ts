/** The name and version under which the kernel asks for our views: those of package.json. */
import data from '../../package.json';

export const MODULE_NAME = data.name;
export const VERSION = data.version;
/** The range that a widget's state asks for. */
export const MODULE_VERSION = `^${VERSION}`;
