using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Verification.Records;

namespace PachUp.Verification.LateWrites;

/// <summary>A pass of a catch-up that is done.</summary>
/// <param name="Name">Its name, unique in the run: <c>catch-up.1/2</c>.</param>
/// <param name="Late">The late writes that it carried.</param>
public sealed record CarriedPass(string Name, LateWriteReport Late)
{
    /// <summary>The passes of a run, in the order in which they were done.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public static ImmutableArray<CarriedPass> ReadAll(string runDirectory) => JsonFile.TryRead<ImmutableArray<CarriedPass>?>(PathIn(runDirectory)) ?? [];

    /// <summary>Adds the pass to those of the run. Adding it twice is harmless.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Write(string runDirectory) => JsonFile.Write(PathIn(runDirectory), ReadAll(runDirectory).RemoveAll(pass => pass.Name == Name).Add(this));

    private static string PathIn(string runDirectory) => Path.Combine(runDirectory, RecordFiles.CarriedLateWrites);
}
