// Installs what requirements-dev.txt names, as the checks that use it would, but tries again where a registry fails for a moment.
import { PythonEnvironment } from './deploy/python-environment';
import { retried } from './languages/program';

retried(() => PythonEnvironment.installed());
