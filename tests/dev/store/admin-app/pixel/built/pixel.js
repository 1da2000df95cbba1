// Nothing runs it: that it is there makes the extension a deployed one.
