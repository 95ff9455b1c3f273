using System.Collections.Immutable;
using PachUp.Common.Files;

namespace PachUp.Verification.Listings;

/// <summary>The names of what was lost. If there are very many, all of them go to a file, one in a line, and only the first are kept in memory.</summary>
/// <param name="file">The file; null for none.</param>
internal sealed class LostNames(string? file) : IDisposable
{
    /// <summary>How many names are kept in memory, and so in the records and reports of a run.</summary>
    public const int MostKept = 10_000;

    private readonly ImmutableArray<string>.Builder _first = ImmutableArray.CreateBuilder<string>();
    private StreamWriter? _all;

    /// <summary>The first names.</summary>
    public ImmutableArray<string> First => _first.ToImmutable();

    /// <summary>The file with all names; null if <see cref="First"/> has all.</summary>
    public string? File => _all is null ? null : file;

    /// <summary>Adds a name.</summary>
    public void Add(string name)
    {
        if (_first.Count < MostKept)
        {
            _first.Add(name);
            return;
        }

        if (_all is null && file is not null)
        {
            PrivateFile.Delete(file);
            _all = new StreamWriter(PrivateFile.Create(file));
            foreach (var earlier in _first)
            {
                _all.WriteLine(earlier);
            }
        }

        _all?.WriteLine(name);
    }

    /// <inheritdoc/>
    public void Dispose() => _all?.Dispose();
}
