using Microsoft.Data.Sqlite;
using PachUp.Pachyderm;
using PachUp.Sandbox.Server.Data;
using PachUp.Sdk.Testing;
using PachUp.Testing;

namespace PachUp.Sandbox.Tests.Data;

/// <summary>Directories that a cluster cannot work with, and what is said about each.</summary>
public sealed class DataDirectoryRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Data => _folder.File("data");

    [Fact]
    public async Task A_file_is_refused()
    {
        await File.WriteAllTextAsync(Data, "");

        await ExpectWrongChoiceAsync($"\"{Data}\" is a file, not a data directory");
    }

    [Fact]
    public async Task A_directory_with_other_things_is_refused()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "thesis.tex"), "");

        await ExpectWrongChoiceAsync($"the directory \"{Data}\" holds other things than the state of a sandbox");
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused()
    {
        Directory.CreateDirectory(Data);
        Execute("CREATE TABLE photos (name TEXT)");

        await ExpectWrongChoiceAsync($"the directory \"{Data}\" holds other things than the state of a sandbox");
    }

    [Fact]
    public async Task The_directory_of_another_release_is_refused_with_the_release_that_it_has()
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

        await ExpectWrongChoiceAsync($"the data directory \"{Data}\" was made by a newer PachUp (its format is 7, this one knows 1)");
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
    public async Task An_archive_that_is_refused_leaves_the_cluster_empty_so_that_another_one_can_be_taken()
    {
        var path = Recordings.Archive("1.8.7-world-metadata");

        var refusal = await Assert.ThrowsAsync<SandboxException>(() => StartAsync("1.9.0", path));

        Assert.StartsWith($"A pachd 1.9.0 refuses the archive \"{path}\": error creating commit: objectInfoGetter: object ", refusal.Message, StringComparison.Ordinal);
        await using var cluster = await StartAsync("1.9.0", Recordings.Archive("1.9.0-world-full"));

        Assert.Contains(await ClusterContent.ReadAsync(cluster), line => line.StartsWith("RepoInfo ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_taken_leaves_the_cluster_empty_so_that_its_archive_can_be_taken_later()
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
    public async Task A_database_that_is_none_is_refused()
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
    public async Task Content_that_is_gone_or_cut_off_is_noticed(bool isThere, string words)
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
    public async Task What_calls_that_were_not_answered_left_in_files_is_removed()
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
    public async Task An_interrupted_beginning_is_gone_on_with()
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

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
