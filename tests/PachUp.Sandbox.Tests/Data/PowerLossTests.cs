using PachUp.Common.Disks;
using PachUp.Pachyderm;
using PachUp.Sandbox.Server.Data;
using PachUp.Testing;
using PachUp.Testing.Disks;

namespace PachUp.Sandbox.Tests.Data;

/// <summary>
/// The machine of a sandbox loses power at any change of its content files. Its database is SQLite's, which flushes every commit; what it refers to has to
/// be there.
/// </summary>
public sealed class PowerLossTests : IDisposable
{
    private const int Blobs = 3;
    private const int BlobBytes = 5000;

    // A directory and its name, the file, its content and its flush, its name, and the flush of the name.
    private const int ChangesPerBlob = 7;

    private static readonly Release Release = new(1, 9, 0);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> WhatSurvives => [.. Enumerable.Range(0, Survival.Choices)];

    private string Data => _folder.File("data");

    private string Content => Path.Combine(Data, "content");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(WhatSurvives))]
    public void Everything_that_was_saved_is_there_after_a_power_cut_at_any_change(int choice)
    {
        var at = 0;
        PowerLossDisk disk;
        do
        {
            StartEmpty();
            disk = new PowerLossDisk(Content, except: "", ++at);
            var saved = Save(disk);
            disk.Restart(Survival.Of(choice, at));

            using var directory = DataDirectory.Open(Data, Release);
            Assert.All(Enumerable.Range(1, saved), number => Assert.Equal(ContentOf(number), directory.Blobs.Find(KeyOf(number))));
        }
        while (disk.LostAt is not null);

        Assert.Equal(Blobs * ChangesPerBlob, at - 1);
    }

    [Fact]
    public void The_database_flushes_every_commit()
    {
        using var database = Database.Open(_folder.File("metadata.db"));

        // https://www.sqlite.org/pragma.html#pragma_synchronous
        const int Full = 2;
        Assert.Equal(Full, database.Number("PRAGMA synchronous"));
    }

    /// <summary>Saves blobs, one by one, until the power is lost.</summary>
    /// <returns>The number of blobs that were saved.</returns>
    private int Save(PowerLossDisk disk)
    {
        using var directory = DataDirectory.Open(Data, Release);
        using var watch = Disk.Observe(disk);
        var saved = 0;
        try
        {
            for (; saved < Blobs; saved++)
            {
                directory.Blobs.Put(KeyOf(saved + 1), ContentOf(saved + 1));
                directory.Save();
            }
        }
        catch (ProcessEndedException)
        {
            // The power is lost.
        }

        return saved;
    }

    private void StartEmpty()
    {
        if (Directory.Exists(Data))
        {
            Directory.Delete(Data, recursive: true);
        }

        DataDirectory.Open(Data, Release).Dispose();
        Directory.CreateDirectory(Content);
    }

    private static string KeyOf(int number) => $"block/{number}";

    private static byte[] ContentOf(int number) => [.. Enumerable.Repeat((byte)number, BlobBytes)];
}
