using PachUp.Pachyderm.Connections;
using PachUp.Testing;
using PachUp.Verification.Comparing;

namespace PachUp.Verification.Tests.Comparing;

public sealed class ComparedPlaceTests : IDisposable
{
    private readonly TemporaryFolder _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("old.example:30650")]
    [InlineData("grpcs://old.example:443")]
    [InlineData("localhost")]
    public void What_is_no_file_is_an_address(string text) => Assert.IsType<ComparedPlace.Live>(Parse(text));

    [Fact]
    public async Task Files_are_told_by_what_is_in_them_whatever_they_are_called()
    {
        await File.WriteAllTextAsync(_directory.File("before"), "{ \"formatVersion\": 1 }");
        File.Copy(Recordings.Archive("1.8.7-world-metadata"), _directory.File("backup.json"));

        Assert.IsType<ComparedPlace.SavedInventory>(Parse(_directory.File("before")));
        Assert.IsType<ComparedPlace.Archive>(Parse(_directory.File("backup.json")));
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused_with_what_it_could_be()
    {
        await File.WriteAllTextAsync(_directory.File("notes.txt"), "hello");

        var refusal = Assert.Throws<WrongPlaceException>(() => Parse(_directory.File("notes.txt")));

        Assert.Contains("notes.txt\" (from --source) is neither a saved inventory nor an archive", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("before.json")]
    [InlineData("backups/monday.pachx")]
    [InlineData("monday.snappy")]
    public void A_file_that_is_not_there_is_no_address(string path) =>
        Assert.Equal($"the file \"{path}\" (from --source) does not exist", Assert.Throws<WrongPlaceException>(() => Parse(path)).Message);

    private ComparedPlace Parse(string text) => ComparedPlace.Parse(text, "--source", new AddressResolver(_ => null, _directory.Path));
}
