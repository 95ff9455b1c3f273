using PachUp.Common;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification;

/// <summary>Turns what readers of clusters and files report into the progress of a step.</summary>
public static class ReaderProgress
{
    /// <summary>For reading an inventory.</summary>
    public static IProgress<InventoryProgress> OfInventory(this IProgress<StepProgress>? progress) =>
        new InlineProgress<InventoryProgress>(news => progress?.Report(StepProgress.Of(news)));

    /// <summary>For reading a file from beginning to end.</summary>
    /// <param name="progress">Receives the progress; null for no receiver.</param>
    /// <param name="text">What is done.</param>
    /// <param name="path">The file.</param>
    public static IProgress<long> OfFile(this IProgress<StepProgress>? progress, string text, string path)
    {
        var length = File.Exists(path) ? new FileInfo(path).Length : (long?)null;
        return new InlineProgress<long>(read => progress?.Report(new StepProgress(text, read, length, StepProgress.BytesUnit)));
    }
}
