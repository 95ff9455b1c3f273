// The messages File, FileInfo and Object are written Wire.File and so on, since System has types with the same names.
global using Wire = PachUp.Pachyderm.Wire.Pfs;
