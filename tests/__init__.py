"""The tests mirror ansinh/; those that need no database need no server either."""
