using Microsoft.Data.Sqlite;
using PachUp.Pachyderm;
using PachUp.Sandbox.Server.Data;
using PachUp.Sdk.Testing;
using PachUp.Testing;

namespace PachUp.Sandbox.Tests.Data;

/// <summary>Directories that a cluster cannot use, and the errors for them.</summary>
public sealed class DataDirectoryRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Data => _folder.File("data");

    [Fact]
    public async Task A_file_is_refused_as_a_data_directory()
    {
        await File.WriteAllTextAsync(Data, "");

        await ExpectWrongChoiceAsync($"\"{Data}\" is a file, not a data directory");
    }

    [Fact]
    public async Task A_directory_with_other_files_is_refused()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "thesis.tex"), "");

        await ExpectWrongChoiceAsync($"the directory \"{Data}\" does not hold the state of a sandbox but other files");
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused()
    {
        Directory.CreateDirectory(Data);
        Execute("CREATE TABLE photos (name TEXT)");

        await ExpectWrongChoiceAsync($"the directory \"{Data}\" does not hold the state of a sandbox but other files");
    }

    [Fact]
    public async Task The_directory_of_another_release_is_refused_with_that_release_in_the_error()
    {
        await MakeAsync();

        var refusal = await ExpectWrongChoiceAsync($"the data directory \"{Data}\" holds a cluster of 1.9.0, not of 1.8.7", "1.8.7");

        Assert.Contains("Start it as 1.9.0", refusal.Remedy, StringComparison.Ordinal);
        Assert.Equal("1.9.0", SandboxDataDirectory.FindRelease(Data));
    }

    [Fact]
    public async Task The_directory_of_a_newer_PachUp_is_refused()
    {
        await MakeAsync();
        Execute("PRAGMA user_version = 7");

        await ExpectWrongChoiceAsync($"the data directory \"{Data}\" was made by a newer PachUp (its format is 7, this one knows 2)");
    }

    [Fact]
    public async Task The_directory_of_an_older_PachUp_is_accepted_and_gets_the_current_format()
    {
        await MakeAsync();
        Execute("PRAGMA user_version = 1");

        await MakeAsync();

        Assert.Equal(2L, Execute("PRAGMA user_version"));
    }

    [Fact]
    public async Task An_archive_is_not_restored_into_a_cluster_that_holds_something()
    {
        await MakeAsync(Recordings.Archive("1.9.0-world-full"));

        await ExpectWrongChoiceAsync(
            $"the data directory \"{Data}\" holds a cluster already, so the archive was not restored into it",
            archive: Recordings.Archive("1.9.0-world-full"));
    }

    [Fact]
    public async Task A_refused_archive_leaves_the_cluster_empty_so_that_another_one_can_be_restored()
    {
        var path = Recordings.Archive("1.8.7-world-metadata");

        var refusal = await Assert.ThrowsAsync<SandboxException>(() => StartAsync("1.9.0", path));

        Assert.StartsWith($"A pachd 1.9.0 refuses the archive \"{path}\": error creating commit: objectInfoGetter: object ", refusal.Message, StringComparison.Ordinal);
        await using var cluster = await StartAsync("1.9.0", Recordings.Archive("1.9.0-world-full"));

        Assert.Contains(await ClusterContent.ReadAsync(cluster), line => line.StartsWith("RepoInfo ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_used_port_leaves_the_data_directory_empty_so_that_the_archive_can_be_restored_later()
    {
        await using var other = await Clusters.StartAsync("1.9.0");
        var options = new SandboxOptions
        {
            Release = other.Release,
            DataDirectory = Data,
            Archive = Recordings.Archive("1.9.0-world-full"),
            Port = other.Address.Port,
        };
        await Assert.ThrowsAsync<SandboxException>(() => SandboxCluster.StartAsync(options));

        await using var cluster = await SandboxCluster.StartAsync(options with { Port = 0 });

        Assert.Contains(await ClusterContent.ReadAsync(cluster), line => line.StartsWith("RepoInfo ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_directory_in_use_is_refused()
    {
        await using var first = await StartAsync("1.9.0");

        await ExpectFailureAsync($"the data directory \"{Data}\" is in use by another process");
    }

    [Fact]
    public async Task A_file_that_is_not_a_database_is_refused()
    {
        await MakeAsync();
        await File.WriteAllTextAsync(DatabaseFile, new string('x', 10_000));

        await ExpectFailureAsync($"the data directory \"{Data}\" is damaged: file is not a database");
    }

    [Fact]
    public async Task A_database_with_a_damaged_page_is_refused()
    {
        await MakeAsync(Recordings.Archive("1.9.0-world-full"));
        await using (var file = File.OpenWrite(DatabaseFile))
        {
            file.Position = 2 * 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xff, 4096).ToArray());
        }

        await ExpectFailureAsync($"the data directory \"{Data}\" is damaged: ");
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_refused()
    {
        await MakeAsync();
        Execute("UPDATE messages SET message = x'ffff'");

        await ExpectFailureAsync($"the data directory \"{Data}\" is damaged: ");
    }

    [Theory]
    [InlineData(false, "\" is missing")]
    [InlineData(true, "\" has 3 bytes and should have 100000")]
    public async Task A_missing_or_shortened_content_file_is_refused(bool isThere, string words)
    {
        await MakeAsync();
        await using (var cluster = await StartAsync("1.9.0"))
        {
            using var builder = new ClusterBuilder(cluster.Address);
            await builder.CreateRepoAsync("images");
            await builder.CommitFileAsync("images", "master", "/1.png", new string('x', 100_000));
        }

        var file = Assert.Single(Directory.EnumerateFiles(Path.Combine(Data, "content"), "*", SearchOption.AllDirectories));
        File.Delete(file);
        if (isThere)
            await File.WriteAllTextAsync(file, "xxx");

        var failure = await ExpectFailureAsync($"the data directory \"{Data}\" is damaged: the file \"{file}");

        Assert.EndsWith(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_files_of_calls_that_were_never_answered_are_removed()
    {
        await MakeAsync();
        var file = Path.Combine(Data, "content", "ab", "abcdef.1234");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "half");

        await MakeAsync();

        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_refused()
    {
        await File.WriteAllTextAsync(_folder.File("file"), "");

        var failure = await Assert.ThrowsAsync<DataDirectoryException>(() => StartAsync("1.9.0", directory: _folder.File("file/data")));

        Assert.StartsWith($"the data directory \"{_folder.File("file/data")}\" cannot be written: ", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsWrongChoice);
    }

    [Fact]
    public async Task A_directory_whose_creation_was_interrupted_can_be_used()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(DatabaseFile, "");

        await using var cluster = await StartAsync("1.9.0");

        Assert.Single(await ClusterContent.ReadAsync(cluster));
    }

    private string DatabaseFile => Path.Combine(Data, "metadata.db");

    private async Task<DataDirectoryException> ExpectWrongChoiceAsync(string message, string release = "1.9.0", string? archive = null)
    {
        var refusal = await Assert.ThrowsAsync<DataDirectoryException>(() => StartAsync(release, archive));
        Assert.Equal((message, true), (refusal.Message, refusal.IsWrongChoice));
        return refusal;
    }

    private async Task<DataDirectoryException> ExpectFailureAsync(string beginning)
    {
        var failure = await Assert.ThrowsAsync<DataDirectoryException>(() => StartAsync("1.9.0"));
        Assert.StartsWith(beginning, failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsWrongChoice);
        return failure;
    }

    private async Task MakeAsync(string? archive = null) => await (await StartAsync("1.9.0", archive)).DisposeAsync();

    private Task<SandboxCluster> StartAsync(string release, string? archive = null, string? directory = null) =>
        SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse(release), DataDirectory = directory ?? Data, Archive = archive });

    private object? Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
