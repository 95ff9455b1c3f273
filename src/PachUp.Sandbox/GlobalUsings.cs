// The messages named File, FileInfo and Object are called Wire.File and so on, since System has types of these names too.
global using Wire = PachUp.Pachyderm.Wire.Pfs;
