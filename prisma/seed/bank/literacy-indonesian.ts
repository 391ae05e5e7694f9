import type { BankItem } from "./item.js";
import { item, numberItems, passage } from "./written-item.js";

const ANTIBIOTICS = passage(
  "LBI-T01",
  "Ketika Bakteri Belajar Bertahan",
  `Antibiotik termasuk penemuan yang paling banyak menyelamatkan nyawa. Namun, obat itu hanya ampuh
  terhadap bakteri. Terhadap virus, misalnya penyebab pilek biasa, antibiotik tidak berdaya sama
  sekali. Meskipun demikian, banyak orang tetap memintanya setiap kali demam atau batuk.

  Kebiasaan itu bukan tanpa akibat. Dalam sekumpulan bakteri, selalu ada kemungkinan beberapa di
  antaranya memiliki sifat yang membuatnya kebal. Ketika antibiotik diminum, bakteri yang rentan mati
  lebih dahulu, sedangkan yang kebal bertahan dan berkembang biak tanpa pesaing. Makin sering
  antibiotik dipakai secara tidak perlu, makin sering pula penyaringan semacam itu terjadi. Dengan kata
  lain, yang menjadi kebal bukanlah tubuh pasien, melainkan bakterinya. Bakteri kebal itu kemudian
  dapat berpindah kepada orang lain, termasuk orang yang tidak pernah menyalahgunakan antibiotik.

  Karena itulah resistansi antibiotik disebut persoalan bersama. Keputusan seorang pasien membeli
  antibiotik tanpa resep tampak sepele dan pribadi, tetapi akibatnya ditanggung orang banyak: infeksi
  yang dahulu mudah disembuhkan menjadi lama dan mahal pengobatannya. Obat baru memang dapat dicari,
  tetapi pengembangannya jauh lebih lambat daripada kecepatan bakteri beradaptasi.`,
);

const LANGUAGE = passage(
  "LBI-T02",
  "Memilih Bahasa Persatuan",
  `Ketika para pemuda berikrar menjunjung bahasa persatuan pada tahun 1928, penutur bahasa Jawa jauh
  lebih banyak daripada penutur bahasa Melayu. Mengapa bukan bahasa dengan penutur terbanyak yang
  dipilih? Sebagian jawabannya terletak di pelabuhan. Selama berabad-abad, bahasa Melayu dipakai
  pedagang dari berbagai suku dan bangsa untuk bertukar barang dan kabar. Bahasa itu sudah dikenal luas
  sebagai bahasa kedua, bahkan oleh orang yang tidak memakainya di rumah. Surat kabar dan buku bacaan
  berbahasa Melayu pun sudah beredar di banyak kota.

  Alasan lain bersangkutan dengan perasaan kebersamaan. Memilih bahasa kelompok terbesar dapat
  menimbulkan kesan bahwa kelompok lain harus tunduk. Bahasa Melayu relatif terhindar dari kesan itu
  karena sudah lama dianggap milik siapa saja. Selain itu, pemakaiannya sehari-hari tidak menuntut
  penutur memilih tingkat tutur yang berbeda menurut kedudukan sosial lawan bicaranya.

  Pilihan itu tidak serta-merta menjadikan semua orang fasih. Pada masa itu, banyak tokoh pergerakan
  sendiri lebih lancar berbahasa Belanda daripada berbahasa Melayu. Bahasa Indonesia tumbuh melalui
  sekolah, pers, radio, dan sastra, setahap demi setahap, sampai akhirnya generasi yang lebih muda
  memakainya tanpa merasa sedang berbahasa asing.`,
);

const PEAT = passage(
  "LBI-T03",
  "Tanah yang Menyimpan Air dan Api",
  `Gambut terbentuk dari sisa tumbuhan yang menumpuk di tempat tergenang. Karena air menghalangi
  masuknya oksigen, pelapukan berlangsung sangat lambat sehingga bahan organik tertimbun selama ribuan
  tahun. Dalam keadaan alami, gambut bekerja seperti spons: menyerap air pada musim hujan dan
  melepaskannya perlahan-lahan pada musim kemarau.

  Persoalan muncul ketika kanal digali agar lahan gambut dapat ditanami. Muka air turun, lapisan atas
  mengering, dan oksigen masuk. Pelapukan yang tertahan ribuan tahun tiba-tiba dipercepat; karbon yang
  tersimpan terlepas ke udara dan permukaan tanah pun ambles. Gambut yang telanjur kering sukar
  menyerap air kembali. Pada musim kemarau, ia menjadi bahan bakar. Api dapat merambat di bawah permukaan,
  tidak kelihatan dari atas, lalu muncul di tempat yang tidak terduga. Itulah sebabnya kebakaran gambut
  sulit dipadamkan, bahkan dengan guyuran air dari udara.

  Salah satu upaya pemulihan ialah menyekat kanal agar muka air naik kembali. Upaya itu tidak selalu
  disambut baik. Petani yang kebunnya memerlukan tanah kering khawatir tanamannya tergenang. Karena itu,
  penyekatan kanal biasanya perlu disertai pilihan mata pencaharian, misalnya menanam jenis tumbuhan
  yang tahan genangan seperti sagu.`,
);

const PANTUN = passage(
  "LBI-T04",
  "Sampiran Bukan Sekadar Hiasan",
  `Pantun lazim diajarkan sebagai puisi empat larik berima a-b-a-b: dua larik pertama disebut sampiran,
  dua larik berikutnya disebut isi. Pembagian itu sering membuat orang menganggap sampiran sekadar
  hiasan yang boleh diisi apa saja asalkan bunyinya cocok. Anggapan tersebut tidak sepenuhnya keliru,
  sebab banyak pantun memang disusun demikian. Akan tetapi, pantun yang dianggap bermutu biasanya
  menyimpan pertalian halus antara sampiran dan isi. Gambaran alam pada sampiran mempersiapkan suasana,
  seperti musik pembuka yang membuat pendengar siap menerima lirik.

  Pantun juga lahir untuk diucapkan, bukan hanya untuk dibaca. Dalam berbalas pantun, seorang penutur
  melontarkan larik dan lawannya harus menjawab saat itu juga. Sampiran memberi waktu untuk berpikir:
  selagi dua larik pertama diucapkan, isi dirangkai di dalam kepala. Bagi pendengar, sampiran
  menumbuhkan dugaan tentang rima yang akan datang. Kenikmatan pantun sebagian terletak pada dugaan
  yang terpenuhi dengan cara yang mengejutkan.

  Sifat tidak langsung pantun menjadikannya alat bertutur yang santun. Lamaran, sindiran, bahkan teguran
  dapat disampaikan tanpa mempermalukan orang. Yang disindir mengerti, tetapi masih dapat ikut tertawa.`,
);

const CASHLESS = passage(
  "LBI-T05",
  "Uang yang Tidak Terasa",
  `Membayar dengan memindai kode terasa lebih ringan daripada menyerahkan lembaran uang. Perasaan itu
  bukan khayalan belaka. Sejumlah penelitian perilaku konsumen menunjukkan bahwa orang cenderung
  berbelanja lebih banyak ketika membayar secara nontunai. Salah satu penjelasannya ialah “rasa sakit
  membayar”: ketika menyerahkan uang tunai, kita melihat isi dompet berkurang, sedangkan pada pembayaran
  digital yang berubah hanyalah angka di layar.

  Bagi pedagang kecil, pembayaran digital menawarkan keuntungan yang nyata. Mereka tidak perlu
  menyediakan uang kembalian, risiko menerima uang palsu berkurang, dan setiap transaksi tercatat.
  Catatan itu berguna ketika pedagang ingin mengetahui barang yang paling laku atau mengajukan pinjaman
  usaha. Akan tetapi, ada biaya layanan, dan transaksi terhenti apabila jaringan terganggu.

  Jadi, pertanyaannya bukan apakah pembayaran digital baik atau buruk. Alat yang sama memudahkan
  pedagang menata usaha dan sekaligus memudahkan pembeli kehilangan kendali. Pembeli dapat menyiasatinya,
  misalnya dengan memisahkan dana belanja dari tabungan, menetapkan batas harian, atau memeriksa riwayat
  transaksi setiap akhir pekan. Langkah itu seakan-akan mengembalikan rasa sakit yang dihilangkan oleh
  teknologi, dalam takaran yang kita tentukan sendiri.`,
);

const RADIO = passage(
  "LBI-T06",
  "Radio di Bengkel Ayah (fiksi)",
  `Sejak Ayah dirawat di rumah Paman, bengkel itu tidak pernah lagi dibuka. Sore itu aku masuk juga,
  sekadar mencari obeng. Debu menebal di atas meja. Di sudutnya teronggok radio tua yang dulu selalu
  menyala, tak peduli ada orang atau tidak. “Biar bengkel punya suara,” kata Ayah setiap kali Ibu
  mengeluhkan tagihan listrik.

  Kuputar tombolnya. Tidak ada apa-apa. Aku tertawa sendiri; tentu saja, kabelnya pun tidak tercolok.
  Setelah kupasang, terdengar desis, lalu sepotong keroncong yang timbul tenggelam. Aku duduk di bangku
  Ayah, bangku yang dulu tidak boleh kududuki karena kakinya goyah. Ternyata kakinya sudah diperkuat
  dengan sekerat kayu baru. Sekrupnya masih mengilap.

  Di bawah radio terselip secarik kertas dengan tulisan tangan yang kukenal: daftar servis yang belum
  selesai. Nama terakhir pada daftar itu adalah namaku. Di sebelahnya tertulis: “Bangku. Supaya aman
  kalau dia mau belajar.”

  Lagu berganti. Kuambil lap, kubersihkan meja sedikit demi sedikit, lalu kubuka jendela lebar-lebar.
  Bu Darmi yang lewat berhenti di depan pagar. “Sudah buka lagi?” tanyanya sambil mengangkat kipas
  anginnya yang mati. Aku menoleh ke radio itu, seolah-olah menunggu jawaban. “Besok, Bu,” kataku. “Taruh
  saja dulu.”`,
);

const LIBRARY_TABLE = passage(
  "LBI-T07",
  "Infografik: Kunjungan Perpustakaan Sekolah (data contoh)",
  `Infografik berikut memuat data contoh sebuah perpustakaan sekolah dengan 600 siswa selama empat bulan.
  Kunjungan dihitung setiap kali seorang siswa masuk; satu siswa dapat berkunjung berkali-kali.

  | Bulan | Kunjungan | Buku dipinjam | Pengunjung berbeda |
  | Juli | 900 | 450 | 300 |
  | Agustus | 1.000 | 400 | 320 |
  | September | 1.500 | 420 | 330 |
  | Oktober | 1.600 | 640 | 480 |

  Keterangan pada infografik:
  - Awal September: pendingin ruangan dipasang dan jaringan internet nirkabel dibuka untuk siswa.
  - Awal Oktober: pojok komik serta novel remaja dibuka; setiap kelas mendapat jadwal kunjungan wajib
  satu kali dalam sebulan.
  - Jumlah buku yang dipinjam tidak termasuk buku yang dibaca di tempat.

  Pada bagian bawah infografik terdapat tulisan besar: “Minat baca siswa melonjak! Kunjungan naik lebih
  dari 70 persen dalam tiga bulan.” Di sebelahnya terdapat gambar anak panah yang menanjak dan foto rak
  komik yang baru. Pengelola mencantumkan catatan kecil: “Kami belum mencatat kegiatan pengunjung di dalam
  ruangan. Pencatatan itu baru akan dimulai pada bulan November.”`,
);

const HOMEWORK = passage(
  "LBI-T08",
  "Dua Pandangan tentang Pekerjaan Rumah",
  `Teks A
  Pekerjaan rumah melatih siswa mengatur waktu dan bertanggung jawab. Pelajaran yang hanya sekali
  didengar di kelas mudah terlupakan; mengulanginya di rumah memperkuat ingatan. Selain itu, melalui
  pekerjaan rumah orang tua dapat mengikuti perkembangan belajar anaknya. Tentu saja tugas yang
  berlebihan tidak baik, tetapi menghapus pekerjaan rumah sama sekali berarti membuang kesempatan
  berlatih. Yang diperlukan adalah tugas yang singkat, jelas, dan diperiksa oleh guru.

  Teks B
  Pekerjaan rumah kerap dianggap adil karena semua siswa menerima tugas yang sama. Kenyataannya, keadaan
  di rumah tidak sama. Ada siswa yang memiliki meja, internet, dan orang tua yang sempat membantu; ada
  pula yang harus menjaga adik atau membantu berjualan. Nilai pekerjaan rumah pada akhirnya
  mencerminkan keadaan rumah, bukan semata-mata usaha siswa. Latihan memang penting, tetapi latihan dapat
  dilakukan di sekolah dengan bimbingan guru. Jika pekerjaan rumah tetap diberikan, sebaiknya tugas itu
  tidak dinilai, tetapi hanya dijadikan bahan umpan balik.`,
);

const SUGAR = passage(
  "LBI-T09",
  "Gula yang Bersembunyi",
  `Orang yang berniat mengurangi gula biasanya memulai dari cangkirnya: teh manis diganti teh tawar.
  Langkah itu baik, tetapi gula tidak hanya berada di tempat yang terasa manis. Saus tomat, roti tawar,
  dan bumbu instan sering mengandung gula tambahan. Pada daftar komposisi, gula pun dapat menyamar dengan
  nama lain, seperti sirop jagung, maltosa, atau dekstrosa.

  Lidah juga mudah dikecoh. Minuman dingin terasa kurang manis dibandingkan dengan minuman hangat yang
  kadar gulanya sama. Rasa asam menutupi rasa manis, sehingga minuman bersoda dan minuman rasa buah dapat
  memuat banyak gula tanpa terasa berlebihan. Akibatnya, rasa manis bukan alat ukur yang dapat diandalkan.

  Label gizi lebih dapat dipercaya, asalkan dibaca dengan teliti. Angka pada label sering dinyatakan per
  takaran saji, padahal satu kemasan dapat berisi dua takaran atau lebih. Pembeli yang menghabiskan
  seluruh isi kemasan harus mengalikan angka itu. Kementerian Kesehatan menganjurkan konsumsi gula
  tidak lebih dari 50 gram per orang per hari. Satu kemasan minuman manis dapat memenuhi hampir separuh
  batas tersebut, sebelum nasi, kue, dan camilan ikut dihitung.`,
);

const FEED = passage(
  "LBI-T10",
  "Cermin di Genggaman",
  `Dua orang membuka aplikasi video yang sama pada saat yang sama, tetapi apa yang mereka lihat sangat
  berbeda. Sistem rekomendasi menyusun tayangan menurut jejak pemakainya: apa yang ditonton sampai habis,
  apa yang dilewati, dan pada detik keberapa jari berhenti menggulir. Tujuan sistem itu sederhana, yaitu
  membuat pemakai bertahan selama mungkin. Sistem tidak bertanya apakah suatu tayangan benar, melainkan
  apakah tayangan itu akan ditonton.

  Akibatnya, layar lambat laun menyerupai cermin. Orang yang sekali penasaran pada suatu teori disuguhi
  sepuluh video serupa, lalu merasa bahwa “semua orang” membicarakannya. Padahal, yang bertambah
  hanyalah salinan dari minatnya sendiri. Namun, menimpakan seluruh kesalahan pada algoritma juga terlalu
  mudah. Jauh sebelum ada internet, orang memilih koran dan teman yang sependapat dengannya. Algoritma
  tidak menciptakan kecenderungan itu; ia mempercepat dan menyembunyikannya.

  Bagian yang tersembunyi itulah yang perlu diwaspadai. Pembaca koran tahu bahwa di kios terdapat koran
  lain. Pemakai aplikasi tidak melihat apa yang tidak ditampilkan kepadanya. Mencari sumber yang berbeda
  pendapat, oleh karena itu, kini harus dilakukan dengan sengaja.`,
);

const TOURISM = passage(
  "LBI-T11",
  "Dua Pandangan tentang Wisata Alam",
  `Teks A
  Desa di sekitar kawasan alam sering kekurangan lapangan kerja. Wisata membuka peluang itu: warga menjadi
  pemandu, mengelola penginapan, dan menjual hasil kebun. Ketika pendapatan warga bergantung pada hutan
  yang utuh, mereka memiliki alasan kuat untuk menjaganya dari penebangan. Karena itu, pembatasan jumlah
  pengunjung sebaiknya tidak terburu-buru diterapkan. Setiap tiket yang tidak terjual adalah pendapatan
  yang hilang, dan warga yang kehilangan pendapatan dapat kembali menebang.

  Teks B
  Setiap kawasan alam memiliki daya dukung. Jika pengunjung melampauinya, jalur menjadi gundul, sampah
  menumpuk, dan satwa menjauh. Kerusakan semacam itu pelan, tetapi memulihkannya mahal dan lama. Wisatawan
  pun akhirnya pergi karena yang mereka cari sudah tiada. Pembatasan pengunjung memang mengurangi
  pendapatan hari ini, tetapi menjamin pendapatan tahun-tahun mendatang. Kekurangannya dapat ditutup dengan
  harga tiket yang lebih tinggi, asalkan hasilnya benar-benar sampai kepada warga.`,
);

const MONSOON = passage(
  "LBI-T12",
  "Angin yang Berbalik Arah",
  `Dua kali dalam setahun, angin utama di wilayah Indonesia berbalik arah. Sekitar Desember hingga Februari,
  belahan bumi selatan mengalami musim panas. Daratan Australia memanas dan tekanan udaranya rendah,
  sedangkan di Asia tekanan udara tinggi. Udara bergerak dari tekanan tinggi ke tekanan rendah,
  melintasi Laut Cina Selatan dan perairan khatulistiwa yang hangat, sehingga membawa banyak uap air.
  Hujan pun turun di sebagian besar Indonesia. Sekitar Juni hingga Agustus, keadaannya terbalik: angin
  bertiup dari Australia, tempat udara cenderung kering, dan banyak wilayah di Indonesia mengalami kemarau.

  Pola itu tidak berlaku seragam. Sebagian wilayah Maluku, misalnya, justru menerima hujan terbanyak pada
  pertengahan tahun. Pada tahun tertentu, El Nino, yaitu pemanasan muka laut di Samudra Pasifik bagian
  tengah dan timur, dapat membuat kemarau di Indonesia lebih panjang daripada biasanya.

  Pelaut pada masa lampau memanfaatkan pembalikan angin itu. Mereka berlayar ketika angin searah dengan
  tujuan, berniaga sambil menunggu berbulan-bulan, lalu pulang ketika angin berbalik. Masa tunggu yang
  panjang membuat pelabuhan menjadi tempat bertemunya bahasa, makanan, dan keyakinan.`,
);

const DRAFTS = [
  item(
    "Sains/Gagasan Utama",
    "ANALYZE",
    -0.6,
    ANTIBIOTICS,
    "Gagasan utama teks tersebut adalah ….",
    "C",
    [
      "antibiotik tidak berguna untuk mengobati penyakit akibat virus",
      "pengembangan antibiotik baru terlalu lambat untuk diharapkan",
      "pemakaian antibiotik yang tidak perlu merugikan orang banyak",
      "bakteri dapat berkembang biak lebih cepat daripada virus",
      "pasien harus membeli antibiotik dengan resep dari dokter",
    ],
    "Teks menjelaskan bagaimana pemakaian tidak perlu menyaring bakteri kebal dan menegaskan bahwa akibatnya ditanggung bersama.",
  ),
  item(
    "Sains/Inferensi",
    "ANALYZE",
    0.4,
    ANTIBIOTICS,
    "Menurut paragraf kedua, antibiotik menyebabkan bakteri kebal makin banyak dengan cara ….",
    "A",
    [
      "menyingkirkan bakteri rentan yang menjadi pesaingnya",
      "mengubah sifat setiap bakteri rentan menjadi kebal",
      "melemahkan daya tahan tubuh pasien terhadap bakteri",
      "memindahkan bakteri kebal dari satu orang ke orang lain",
      "memperlambat perkembangbiakan bakteri yang rentan saja",
    ],
    "Bakteri rentan mati lebih dahulu sehingga bakteri kebal yang sudah ada berkembang biak tanpa pesaing.",
  ),
  item(
    "Sains/Bukti Pendukung",
    "EVALUATE",
    0.3,
    ANTIBIOTICS,
    "Bagian teks yang paling kuat mendukung pernyataan bahwa resistansi adalah “persoalan bersama” ialah ….",
    "E",
    [
      "antibiotik tidak berdaya sama sekali terhadap virus",
      "banyak orang meminta antibiotik ketika demam",
      "antibiotik paling banyak menyelamatkan nyawa",
      "pengembangan obat baru berjalan dengan lambat",
      "bakteri kebal dapat berpindah kepada orang lain",
    ],
    "Perpindahan bakteri kebal kepada orang yang tidak menyalahgunakan antibiotik menunjukkan bahwa akibatnya bukan urusan pribadi.",
  ),
  item(
    "Sains/Penerapan",
    "APPLY",
    -0.9,
    ANTIBIOTICS,
    "Tindakan yang sejalan dengan isi teks adalah ….",
    "B",
    [
      "meminum sisa antibiotik lama ketika batuk mulai terasa",
      "tidak meminta antibiotik ketika hanya terserang pilek",
      "memberikan antibiotik kepada tetangga yang demam",
      "meminum antibiotik agar tidak tertular pilek teman",
      "menambah takaran antibiotik supaya virus cepat mati",
    ],
    "Pilek biasa disebabkan oleh virus sehingga antibiotik tidak berguna dan pemakaiannya justru menyaring bakteri kebal.",
  ),
  item(
    "Sains/Tujuan Penulis",
    "ANALYZE",
    0.6,
    ANTIBIOTICS,
    "Kalimat “Dengan kata lain, yang menjadi kebal bukanlah tubuh pasien, melainkan bakterinya” ditulis terutama untuk ….",
    "D",
    [
      "mengalihkan pembahasan kepada daya tahan tubuh",
      "menyalahkan pasien yang sering meminta antibiotik",
      "menyangkal bahwa bakteri kebal dapat berpindah",
      "meluruskan salah paham yang mungkin timbul",
      "memberi contoh baru tentang bakteri yang kebal",
    ],
    "Pola “bukanlah … melainkan …” meluruskan anggapan keliru bahwa kekebalan terjadi pada tubuh pasien.",
  ),

  item(
    "Sejarah/Gagasan Utama",
    "ANALYZE",
    -0.3,
    LANGUAGE,
    "Pertanyaan pokok yang dijawab oleh teks tersebut adalah ….",
    "B",
    [
      "siapa saja pemuda yang berikrar pada tahun 1928",
      "mengapa bahasa Melayu menjadi bahasa persatuan",
      "kapan bahasa Melayu mulai dipakai di pelabuhan",
      "bagaimana bahasa Belanda diajarkan di sekolah",
      "berapa jumlah penutur bahasa Jawa dan Melayu",
    ],
    "Paragraf pertama mengajukan pertanyaan tentang pilihan itu; paragraf pertama dan kedua menjawabnya.",
  ),
  item(
    "Sejarah/Inferensi",
    "ANALYZE",
    0.2,
    LANGUAGE,
    "Dari teks dapat disimpulkan bahwa dalam pemilihan bahasa persatuan, jumlah penutur asli ….",
    "D",
    [
      "menjadi pertimbangan yang paling utama",
      "tidak dapat diketahui pada masa itu",
      "dianggap sama antara kedua bahasa",
      "bukanlah pertimbangan yang menentukan",
      "menjadi alasan menolak bahasa Belanda",
    ],
    "Bahasa dengan penutur terbanyak tidak dipilih; yang diutamakan ialah keluasan pemakaian dan rasa kebersamaan.",
  ),
  item(
    "Sejarah/Bukti Pendukung",
    "EVALUATE",
    0.7,
    LANGUAGE,
    "Informasi dalam teks yang menunjukkan bahwa ikrar mendahului kefasihan adalah ….",
    "A",
    [
      "banyak tokoh pergerakan lebih lancar berbahasa Belanda",
      "pedagang memakai bahasa Melayu selama berabad-abad",
      "surat kabar berbahasa Melayu beredar di banyak kota",
      "bahasa Melayu tidak menuntut pilihan tingkat tutur",
      "penutur bahasa Jawa lebih banyak daripada Melayu",
    ],
    "Tokoh pergerakan yang memilih bahasa itu sendiri belum semua fasih; kefasihan datang kemudian.",
  ),
  item(
    "Sejarah/Makna Kata",
    "UNDERSTAND",
    -1.4,
    LANGUAGE,
    "Ungkapan “tunduk” pada paragraf kedua dalam konteks tersebut bermakna ….",
    "E",
    ["menghormati", "membungkuk", "berterima kasih", "bekerja sama", "mengalah"],
    "Kelompok lain dikhawatirkan merasa dikalahkan atau harus mengalah kepada kelompok terbesar.",
  ),
  item(
    "Sejarah/Struktur Teks",
    "ANALYZE",
    0.9,
    LANGUAGE,
    "Peran paragraf ketiga terhadap kedua paragraf sebelumnya adalah ….",
    "C",
    [
      "menolak alasan yang telah dikemukakan",
      "mengulang alasan dengan contoh berbeda",
      "menjelaskan yang terjadi setelah pemilihan",
      "membandingkan bahasa Melayu dan bahasa Jawa",
      "menunjukkan bahwa pilihan itu tidak tepat",
    ],
    "Paragraf pertama dan kedua memaparkan alasan; paragraf ketiga memaparkan proses pertumbuhan bahasa itu sesudah dipilih.",
  ),

  item(
    "Lingkungan/Gagasan Utama",
    "ANALYZE",
    -0.2,
    PEAT,
    "Rangkuman yang paling tepat atas teks tersebut adalah ….",
    "D",
    [
      "Gambut mudah terbakar sehingga sebaiknya tidak didiami oleh manusia.",
      "Kanal memudahkan petani menanam sagu dan menyimpan air di lahan gambut.",
      "Gambut terbentuk ribuan tahun di tempat tergenang yang miskin oksigen.",
      "Pengeringan gambut menimbulkan kerusakan yang pemulihannya tidak mudah.",
      "Kebakaran gambut sulit dipadamkan karena api merambat di bawah tanah.",
    ],
    "Teks bergerak dari keadaan alami, kerusakan akibat pengeringan, hingga pemulihan beserta kendalanya.",
  ),
  item(
    "Lingkungan/Sebab Akibat",
    "ANALYZE",
    0.1,
    PEAT,
    "Urutan sebab akibat yang sesuai dengan teks adalah ….",
    "B",
    [
      "kanal digali – gambut basah – pelapukan melambat – tanah ambles",
      "kanal digali – muka air turun – oksigen masuk – karbon terlepas",
      "oksigen masuk – kanal digali – muka air turun – karbon tersimpan",
      "tanah ambles – oksigen masuk – muka air naik – karbon terlepas",
      "karbon terlepas – gambut kering – kanal digali – kebakaran",
    ],
    "Paragraf kedua menyebut penggalian kanal, turunnya muka air, masuknya oksigen, pelapukan cepat, lalu lepasnya karbon.",
  ),
  item(
    "Lingkungan/Inferensi",
    "ANALYZE",
    0.5,
    PEAT,
    "Guyuran air dari udara sering tidak cukup memadamkan kebakaran gambut karena ….",
    "E",
    [
      "air dari udara tidak sampai ke permukaan gambut",
      "gambut menyerap air terlalu cepat pada kemarau",
      "petani menolak lahannya disiram dari udara",
      "kanal mengalirkan air itu kembali ke sungai",
      "sebagian api berada di bawah permukaan tanah",
    ],
    "Api merambat di bawah permukaan dan tidak kelihatan; gambut kering pun sukar menyerap air.",
  ),
  item(
    "Lingkungan/Makna Kata",
    "UNDERSTAND",
    -1.0,
    PEAT,
    "Perbandingan gambut dengan spons pada paragraf pertama digunakan untuk menjelaskan kemampuan gambut dalam ….",
    "A",
    [
      "menampung dan melepaskan air",
      "menahan panas pada musim kemarau",
      "membersihkan air yang kotor",
      "mengembang jika terkena api",
      "menumbuhkan berbagai tanaman",
    ],
    "Seperti spons, gambut menyerap air pada musim hujan dan melepaskannya pada musim kemarau.",
  ),
  item(
    "Lingkungan/Tujuan Penulis",
    "ANALYZE",
    0.8,
    PEAT,
    "Penulis menyebut sagu pada akhir teks untuk menunjukkan ….",
    "C",
    [
      "tanaman yang paling menguntungkan bagi petani",
      "penyebab petani menolak penyekatan kanal",
      "mata pencaharian yang cocok dengan lahan basah",
      "tumbuhan yang membentuk lapisan gambut",
      "bahan pangan utama penduduk di lahan gambut",
    ],
    "Sagu disebut sebagai contoh tumbuhan tahan genangan, yaitu jalan keluar bagi petani ketika muka air dinaikkan.",
  ),
  item(
    "Lingkungan/Evaluasi",
    "EVALUATE",
    1.4,
    PEAT,
    "Data yang paling diperlukan untuk menguji keberhasilan penyekatan kanal menurut alur teks adalah ….",
    "D",
    [
      "jumlah petani yang menghadiri rapat penyekatan",
      "panjang seluruh kanal sebelum penyekatan dimulai",
      "harga jual sagu pada tahun penyekatan dilakukan",
      "tinggi muka air sebelum dan sesudah penyekatan",
      "jenis tumbuhan yang membentuk gambut di tempat itu",
    ],
    "Tujuan penyekatan ialah menaikkan muka air, jadi yang perlu dibandingkan adalah muka air sebelum dan sesudahnya.",
  ),

  item(
    "Budaya/Gagasan Utama",
    "ANALYZE",
    0.0,
    PANTUN,
    "Pendapat pokok penulis tentang sampiran adalah bahwa sampiran ….",
    "E",
    [
      "harus selalu berisi gambaran tentang alam",
      "lebih penting daripada isi sebuah pantun",
      "boleh diganti asalkan rimanya tetap sama",
      "baru berguna ketika pantun dibaca dalam hati",
      "mempunyai fungsi yang lebih daripada hiasan",
    ],
    "Penulis menunjukkan fungsi sampiran: membangun suasana, memberi waktu berpikir, dan menumbuhkan dugaan pendengar.",
  ),
  item(
    "Budaya/Informasi Tersurat",
    "UNDERSTAND",
    -1.5,
    PANTUN,
    "Dalam berbalas pantun, sampiran berguna bagi penutur karena ….",
    "A",
    [
      "memberinya waktu merangkai isi",
      "membuat lawannya sulit menjawab",
      "membantunya menghafal pantun lama",
      "menyembunyikan kesalahan rimanya",
      "menjadikan suaranya lebih merdu",
    ],
    "Paragraf kedua menyatakan bahwa selagi sampiran diucapkan, isi dirangkai di dalam kepala.",
  ),
  item(
    "Budaya/Sikap Penulis",
    "EVALUATE",
    0.6,
    PANTUN,
    "Sikap penulis terhadap anggapan bahwa sampiran sekadar hiasan adalah ….",
    "C",
    [
      "menolak sepenuhnya dengan bukti sejarah",
      "menerima sepenuhnya tanpa catatan lain",
      "mengakui sebagian, lalu membatasinya",
      "membiarkan pembaca memilih sendiri",
      "meragukan bahwa anggapan itu ada",
    ],
    "Penulis menyebut anggapan itu “tidak sepenuhnya keliru”, kemudian melanjutkan dengan “akan tetapi”.",
  ),
  item(
    "Budaya/Inferensi",
    "ANALYZE",
    0.3,
    PANTUN,
    "Pantun cocok untuk menegur karena teguran di dalamnya ….",
    "D",
    [
      "tidak dipahami oleh orang yang ditegur",
      "hanya didengar oleh orang yang ditegur",
      "selalu berisi pujian pada bagian akhir",
      "tersampaikan tanpa mempermalukan",
      "diucapkan pada upacara lamaran saja",
    ],
    "Yang disindir mengerti, tetapi masih dapat ikut tertawa; maksud sampai tanpa mempermalukan.",
  ),
  item(
    "Budaya/Evaluasi",
    "EVALUATE",
    1.1,
    PANTUN,
    "Pernyataan yang akan melemahkan pendapat penulis tentang pertalian sampiran dan isi adalah temuan bahwa ….",
    "B",
    [
      "sebagian pantun lama tidak diketahui siapa penggubahnya",
      "pendengar menilai sama pantun dengan sampiran acak",
      "penutur pantun sering menyiapkan lariknya di rumah",
      "pantun masih diucapkan dalam upacara perkawinan",
      "rima pantun modern tidak selalu berpola a-b-a-b",
    ],
    "Jika pendengar tidak membedakan mutu pantun bersampiran acak, pertalian halus tidak lagi menjadi ciri pantun bermutu.",
  ),

  item(
    "Ekonomi/Gagasan Utama",
    "ANALYZE",
    0.1,
    CASHLESS,
    "Simpulan penulis tentang pembayaran digital adalah bahwa ….",
    "A",
    [
      "manfaat dan risikonya bergantung pada cara memakainya",
      "pedagang kecil sebaiknya kembali memakai uang tunai",
      "pembeli selalu dirugikan, sedangkan pedagang diuntungkan",
      "biaya layanannya perlu dihapus agar pedagang beruntung",
      "uang tunai akan segera hilang karena kurang praktis",
    ],
    "Paragraf ketiga menolak penilaian baik-buruk dan menekankan cara pembeli mengendalikan pemakaiannya.",
  ),
  item(
    "Ekonomi/Makna Kata",
    "UNDERSTAND",
    -0.4,
    CASHLESS,
    "Yang dimaksud dengan “rasa sakit membayar” adalah perasaan ….",
    "D",
    [
      "marah karena harga barang terlalu mahal",
      "malu karena tidak mampu melunasi utang",
      "cemas karena takut menerima uang palsu",
      "tidak nyaman ketika melihat uang berkurang",
      "menyesal karena salah memilih barang",
    ],
    "Ungkapan itu dijelaskan dengan keadaan melihat isi dompet berkurang ketika menyerahkan uang tunai.",
  ),
  item(
    "Ekonomi/Informasi Tersurat",
    "UNDERSTAND",
    -1.8,
    CASHLESS,
    "Keuntungan pembayaran digital bagi pedagang yang tidak disebut dalam teks adalah ….",
    "C",
    [
      "tercatatnya setiap transaksi",
      "kemudahan mengajukan pinjaman",
      "bertambahnya jumlah pelanggan",
      "berkurangnya risiko uang palsu",
      "tidak perlunya uang kembalian",
    ],
    "Teks menyebut kembalian, uang palsu, catatan transaksi, dan pinjaman; bertambahnya pelanggan tidak disebut.",
  ),
  item(
    "Ekonomi/Inferensi",
    "ANALYZE",
    0.7,
    CASHLESS,
    "Kebiasaan memeriksa riwayat transaksi setiap pekan “mengembalikan rasa sakit” karena pembeli ….",
    "E",
    [
      "harus membayar biaya layanan tambahan",
      "kembali memakai uang tunai di pasar",
      "dapat membatalkan pembelian yang lalu",
      "mengetahui barang yang paling laku",
      "kembali menyadari uang yang keluar",
    ],
    "Rasa sakit timbul dari kesadaran bahwa uang berkurang; pemeriksaan riwayat memunculkan kembali kesadaran itu.",
  ),
  item(
    "Ekonomi/Evaluasi",
    "EVALUATE",
    1.0,
    CASHLESS,
    "Kelemahan bukti pada paragraf pertama adalah bahwa teks ….",
    "B",
    [
      "menyajikan penelitian yang bertentangan satu sama lain",
      "tidak menyebut penelitian mana yang menjadi sumbernya",
      "mengutip pengalaman pribadi penulis sebagai penelitian",
      "memakai data pedagang untuk menjelaskan pembeli",
      "mencampuradukkan uang palsu dan uang kembalian",
    ],
    "Penulis hanya menyebut “sejumlah penelitian” tanpa sumber sehingga pembaca sulit memeriksanya.",
  ),

  item(
    "Fiksi/Tokoh dan Perasaan",
    "ANALYZE",
    -0.1,
    RADIO,
    "Perubahan yang dialami tokoh “aku” sepanjang cerita adalah dari ….",
    "C",
    [
      "rasa marah kepada Ayah menjadi rasa iba",
      "rasa takut kepada bengkel menjadi rasa bangga",
      "sekadar singgah menjadi bersedia meneruskan",
      "keinginan memperbaiki radio menjadi putus asa",
      "kegembiraan karena lagu menjadi kesedihan",
    ],
    "Ia masuk hanya mencari obeng, tetapi akhirnya membersihkan bengkel dan menerima servis Bu Darmi.",
  ),
  item(
    "Fiksi/Inferensi",
    "ANALYZE",
    0.4,
    RADIO,
    "Tulisan “Supaya aman kalau dia mau belajar” menyiratkan bahwa Ayah ….",
    "B",
    [
      "melarang anaknya memasuki bengkel selama ia dirawat",
      "berharap anaknya kelak tertarik pada pekerjaannya",
      "kecewa karena anaknya tidak mau membantu di bengkel",
      "menyuruh anaknya menyelesaikan semua servis",
      "ingin anaknya belajar di sekolah sampai lulus",
    ],
    "Bangku diperkuat agar aman bila anaknya mau belajar; ada harapan, tetapi tanpa paksaan.",
  ),
  item(
    "Fiksi/Detail Pendukung",
    "ANALYZE",
    0.2,
    RADIO,
    "Petunjuk bahwa bangku itu belum lama diperbaiki adalah ….",
    "E",
    [
      "debu yang menebal di atas meja",
      "radio tua yang kabelnya tidak tercolok",
      "daftar servis yang belum selesai",
      "larangan duduk pada masa lalu",
      "sekrup yang masih mengilap",
    ],
    "Sekrup yang masih mengilap dan kayu baru menandakan perbaikan yang belum lama.",
  ),
  item(
    "Fiksi/Simbol",
    "EVALUATE",
    1.2,
    RADIO,
    "Dalam cerita itu, menyalanya radio paling tepat dimaknai sebagai lambang ….",
    "A",
    [
      "hidupnya kembali semangat di bengkel",
      "borosnya pemakaian listrik oleh Ayah",
      "kemajuan teknologi yang tidak terbendung",
      "kesepian Ibu selama Ayah dirawat",
      "sulitnya mencari suku cadang radio tua",
    ],
    "Ayah menyalakan radio agar “bengkel punya suara”; ketika radio menyala lagi, kegiatan di bengkel pun mulai lagi.",
  ),
  item(
    "Fiksi/Makna Ujaran",
    "ANALYZE",
    -0.7,
    RADIO,
    "Jawaban “Besok, Bu. Taruh saja dulu” menunjukkan bahwa tokoh “aku” ….",
    "D",
    [
      "menolak permintaan Bu Darmi dengan halus",
      "menunggu Ayah pulang pada keesokan hari",
      "menyerahkan kipas angin itu kepada Paman",
      "menyanggupi perbaikan kipas angin itu",
      "menganggap kipas angin itu tidak rusak",
    ],
    "Ia meminta kipas ditinggalkan dan berjanji membuka bengkel esok hari, tanda kesanggupan.",
  ),
  item(
    "Fiksi/Gaya Bercerita",
    "EVALUATE",
    1.6,
    RADIO,
    "Cara pengarang menyampaikan kasih sayang Ayah kepada anaknya adalah dengan ….",
    "C",
    [
      "menuturkannya langsung melalui ucapan Ibu",
      "menggambarkan percakapan hangat keduanya",
      "memperlihatkannya melalui benda dan catatan",
      "membandingkan Ayah dengan sikap Paman",
      "menceritakan kenangan Bu Darmi tentang Ayah",
    ],
    "Kasih sayang Ayah tersirat dalam bangku yang diperkuat dan catatan di bawah radio, tidak dinyatakan secara langsung.",
  ),

  item(
    "Infografik/Membaca Data",
    "UNDERSTAND",
    -1.3,
    LIBRARY_TABLE,
    "Kenaikan jumlah kunjungan terbesar dari satu bulan ke bulan berikutnya terjadi pada ….",
    "B",
    ["Juli–Agustus", "Agustus–September", "September–Oktober", "Juli–September", "Agustus–Oktober"],
    "Agustus–September naik 500 kunjungan, sedangkan Juli–Agustus dan September–Oktober masing-masing naik 100. Dua pilihan lain mencakup lebih dari satu kali pergantian bulan.",
  ),
  item(
    "Infografik/Membaca Data",
    "APPLY",
    -0.5,
    LIBRARY_TABLE,
    "Persentase siswa yang pernah mengunjungi perpustakaan pada bulan Oktober adalah ….",
    "D",
    ["40 persen", "48 persen", "64 persen", "80 persen", "100 persen"],
    "Pengunjung berbeda 480 dari 600 siswa, yaitu 480/600 = 80 persen.",
  ),
  item(
    "Infografik/Inferensi",
    "ANALYZE",
    0.5,
    LIBRARY_TABLE,
    "Penjelasan yang paling masuk akal atas data bulan September adalah bahwa ….",
    "A",
    [
      "pengunjung yang hampir sama datang lebih sering",
      "siswa yang belum pernah datang mulai berkunjung",
      "siswa meminjam lebih banyak buku daripada Juli",
      "komik baru menarik siswa untuk meminjam buku",
      "kunjungan wajib mendatangkan siswa setiap kelas",
    ],
    "Kunjungan naik 500, tetapi pengunjung berbeda hanya naik 10; orang yang hampir sama datang lebih sering. Komik dan kunjungan wajib baru ada pada Oktober.",
  ),
  item(
    "Infografik/Evaluasi Klaim",
    "EVALUATE",
    0.9,
    LIBRARY_TABLE,
    "Alasan terkuat untuk meragukan slogan “Minat baca siswa melonjak!” adalah ….",
    "E",
    [
      "jumlah siswa di sekolah itu hanya 600 orang",
      "kunjungan bulan Oktober hanya naik 100 kali",
      "foto pada infografik memperlihatkan rak komik",
      "buku yang dipinjam lebih sedikit pada bulan Juli",
      "kunjungan belum tentu bertujuan untuk membaca",
    ],
    "Ruangan sejuk, internet, dan kunjungan wajib dapat menaikkan kunjungan, dan kegiatan pengunjung belum dicatat.",
  ),
  item(
    "Infografik/Evaluasi Data",
    "EVALUATE",
    1.3,
    LIBRARY_TABLE,
    "Kenaikan jumlah pengunjung berbeda pada Oktober tidak dapat dipastikan akibat pojok komik karena pada bulan yang sama ….",
    "C",
    [
      "pendingin ruangan mulai dipasang",
      "internet dibuka untuk semua siswa",
      "kunjungan wajib mulai berlaku",
      "jumlah siswa sekolah bertambah",
      "pencatatan kegiatan dimulai",
    ],
    "Dua perubahan dimulai bersamaan pada Oktober (pojok komik dan kunjungan wajib) sehingga pengaruhnya tidak dapat dipisahkan.",
  ),
  item(
    "Infografik/Membaca Data",
    "APPLY",
    0.0,
    LIBRARY_TABLE,
    "Rata-rata banyaknya buku yang dipinjam untuk setiap kunjungan paling rendah terjadi pada bulan ….",
    "C",
    ["Juli", "Agustus", "September", "Oktober", "Juli dan Oktober"],
    "Juli 450/900 = 0,50; Agustus 400/1.000 = 0,40; September 420/1.500 = 0,28; Oktober 640/1.600 = 0,40. Terendah adalah September.",
  ),

  item(
    "Dua Teks/Gagasan Utama",
    "ANALYZE",
    -0.8,
    HOMEWORK,
    "Keberatan utama Teks B terhadap pekerjaan rumah adalah bahwa pekerjaan rumah ….",
    "D",
    [
      "menyita waktu istirahat yang diperlukan siswa",
      "membebani guru yang harus memeriksanya",
      "membuat siswa bosan mengulang pelajaran",
      "mengukur hal yang dipengaruhi keadaan rumah",
      "tidak dapat diikuti perkembangannya oleh orang tua",
    ],
    "Teks B menyatakan bahwa nilai pekerjaan rumah mencerminkan keadaan rumah, bukan semata-mata usaha siswa.",
  ),
  item(
    "Dua Teks/Persamaan",
    "ANALYZE",
    0.2,
    HOMEWORK,
    "Hal yang disetujui oleh kedua teks adalah bahwa ….",
    "A",
    [
      "latihan bermanfaat bagi siswa",
      "pekerjaan rumah perlu dinilai",
      "keadaan di rumah setiap siswa setara",
      "orang tua wajib membantu tugas anak",
      "pekerjaan rumah sebaiknya dihapuskan",
    ],
    "Teks A menekankan kesempatan berlatih; Teks B mengakui “latihan memang penting”.",
  ),
  item(
    "Dua Teks/Perbandingan",
    "ANALYZE",
    0.6,
    HOMEWORK,
    "Perbedaan pokok kedua teks terletak pada ….",
    "C",
    [
      "ada tidaknya manfaat mengulang pelajaran",
      "perlu tidaknya guru membimbing siswanya",
      "pandangan tentang tempat latihan dan penilaiannya",
      "jumlah mata pelajaran yang memerlukan tugas rumah",
      "pandangan tentang pentingnya orang tua bagi anak",
    ],
    "Teks A menghendaki latihan di rumah; Teks B lebih memilih latihan di sekolah dan tugas rumah yang tidak dinilai.",
  ),
  item(
    "Dua Teks/Menanggapi",
    "EVALUATE",
    1.0,
    HOMEWORK,
    "Penulis Teks B kemungkinan akan menanggapi pernyataan Teks A tentang orang tua dengan mengatakan bahwa ….",
    "B",
    [
      "orang tua tidak perlu mengetahui perkembangan anaknya",
      "tidak semua orang tua sempat mendampingi anaknya",
      "orang tua lebih pandai mengajar daripada guru",
      "tugas yang singkat tetap terlalu sulit bagi orang tua",
      "perkembangan anak hanya terlihat melalui nilai rapor",
    ],
    "Teks B menekankan perbedaan keadaan rumah, antara lain ada tidaknya orang tua yang sempat membantu.",
  ),
  item(
    "Dua Teks/Evaluasi",
    "EVALUATE",
    1.5,
    HOMEWORK,
    "Temuan yang paling memperkuat Teks B sekaligus tidak membantah manfaat latihan adalah bahwa ….",
    "E",
    [
      "siswa yang mengerjakan tugas rumah nilainya selalu naik",
      "sebagian besar siswa menyukai tugas yang singkat",
      "guru tidak sempat memeriksa semua pekerjaan rumah",
      "siswa melupakan pelajaran yang tidak pernah diulang",
      "kesenjangan nilai menyempit jika latihan di sekolah",
    ],
    "Menyempitnya kesenjangan menunjukkan pengaruh keadaan rumah, sedangkan latihan tetap dilakukan di sekolah.",
  ),
  item(
    "Dua Teks/Titik Temu",
    "CREATE",
    0.3,
    HOMEWORK,
    "Kebijakan yang paling dapat diterima oleh kedua penulis adalah ….",
    "D",
    [
      "tugas panjang yang nilainya menentukan kelulusan siswa",
      "penghapusan semua tugas dan latihan bagi setiap siswa",
      "tugas kelompok yang dinilai oleh orang tua di rumah",
      "tugas singkat yang diperiksa guru sebagai umpan balik",
      "tugas yang hanya diberikan kepada siswa yang punya internet",
    ],
    "Teks A meminta tugas singkat, jelas, dan diperiksa; Teks B menerima tugas yang menjadi bahan umpan balik.",
  ),

  item(
    "Kesehatan/Gagasan Utama",
    "ANALYZE",
    -0.4,
    SUGAR,
    "Pesan utama teks tersebut adalah bahwa pembeli perlu ….",
    "E",
    [
      "berhenti mengonsumsi roti tawar dan saus tomat",
      "mengganti teh manis dengan minuman rasa buah",
      "menghafal semua nama lain gula pada komposisi",
      "memilih minuman hangat daripada minuman dingin",
      "membaca label, bukan mengandalkan rasa manis",
    ],
    "Teks menunjukkan bahwa gula tersembunyi dan lidah mudah dikecoh, sedangkan label lebih dapat dipercaya.",
  ),
  item(
    "Kesehatan/Penerapan",
    "APPLY",
    0.0,
    SUGAR,
    "Sebuah kemasan berisi dua takaran saji. Label menyebut gula 12 gram per takaran saji. Orang yang menghabiskan satu kemasan itu mengonsumsi gula sebanyak ….",
    "C",
    ["6 gram", "12 gram", "24 gram", "36 gram", "50 gram"],
    "Satu kemasan = 2 takaran saji, jadi 2 × 12 gram = 24 gram.",
  ),
  item(
    "Kesehatan/Inferensi",
    "ANALYZE",
    0.5,
    SUGAR,
    "Minuman berikut yang kadar gulanya paling mudah disangka rendah menurut teks adalah minuman ….",
    "A",
    [
      "dingin yang berasa asam",
      "hangat yang berasa asam",
      "hangat yang tidak asam",
      "dingin yang tidak asam",
      "hangat yang terasa pahit",
    ],
    "Suhu dingin mengurangi rasa manis dan rasa asam menutupinya; gabungan keduanya paling mengecoh.",
  ),
  item(
    "Kesehatan/Makna Kata",
    "UNDERSTAND",
    -1.6,
    SUGAR,
    "Kata “menyamar” pada paragraf pertama bermakna bahwa gula ….",
    "B",
    [
      "dicampur sehingga rasanya hilang",
      "ditulis dengan sebutan yang berbeda",
      "diganti dengan bahan pemanis buatan",
      "sengaja tidak dicantumkan pada label",
      "dijual dengan harga yang lebih murah",
    ],
    "Gula tercantum dengan nama lain, seperti maltosa atau dekstrosa.",
  ),
  item(
    "Kesehatan/Evaluasi",
    "EVALUATE",
    0.8,
    SUGAR,
    "Penulis mencantumkan anjuran 50 gram per hari terutama untuk ….",
    "D",
    [
      "membuktikan bahwa label gizi sering keliru",
      "mengkritik anjuran yang dianggap terlalu longgar",
      "menjelaskan mengapa gula diberi nama lain",
      "memberi ukuran agar besarnya asupan terasa nyata",
      "menyarankan agar kue dan camilan tidak dihitung",
    ],
    "Batas itu dijadikan pembanding: satu minuman dapat memenuhi hampir separuhnya sebelum makanan lain dihitung.",
  ),

  item(
    "Teknologi/Gagasan Utama",
    "ANALYZE",
    0.3,
    FEED,
    "Pokok pikiran teks tersebut adalah bahwa sistem rekomendasi ….",
    "B",
    [
      "menciptakan kecenderungan orang untuk memilih yang sependapat",
      "memperkuat kecenderungan lama dengan cara yang tidak terlihat",
      "sengaja menyebarkan tayangan yang tidak benar kepada pemakai",
      "lebih buruk daripada koran karena tidak memiliki penyunting",
      "menyajikan tayangan yang sama kepada semua pemakai aplikasi",
    ],
    "Kalimat kuncinya: algoritma tidak menciptakan kecenderungan itu; ia mempercepat dan menyembunyikannya.",
  ),
  item(
    "Teknologi/Makna Kiasan",
    "UNDERSTAND",
    -0.6,
    FEED,
    "Judul “Cermin di Genggaman” menggambarkan bahwa layar gawai ….",
    "E",
    [
      "dapat dipakai pemakainya untuk berkaca",
      "menampilkan kenyataan secara apa adanya",
      "merekam wajah pemakai ketika menonton",
      "mudah pecah jika tidak dijaga pemakainya",
      "memantulkan minat pemakainya sendiri",
    ],
    "Yang tampil di layar adalah “salinan dari minatnya sendiri”, seperti pantulan dalam cermin.",
  ),
  item(
    "Teknologi/Struktur Argumen",
    "ANALYZE",
    0.9,
    FEED,
    "Contoh tentang koran pada paragraf ketiga digunakan penulis untuk menunjukkan ….",
    "C",
    [
      "bahwa koran lebih dapat dipercaya daripada video",
      "bahwa pembaca koran selalu membaca beragam koran",
      "perbedaan antara pilihan yang tampak dan tersembunyi",
      "kesamaan cara kerja kios koran dan aplikasi video",
      "alasan orang beralih dari koran kepada aplikasi",
    ],
    "Pembaca koran tahu ada pilihan lain, sedangkan pemakai aplikasi tidak melihat apa yang tidak ditampilkan.",
  ),
  item(
    "Teknologi/Penerapan",
    "APPLY",
    -1.1,
    FEED,
    "Tindakan yang sesuai dengan anjuran penulis adalah ….",
    "A",
    [
      "sengaja mencari ulasan yang berlawanan pendapat",
      "menonton lebih banyak video dengan tema serupa",
      "mengikuti akun yang paling banyak pengikutnya",
      "menunggu aplikasi menampilkan sumber lain",
      "membagikan video yang ditonton sampai habis",
    ],
    "Penulis menyatakan bahwa mencari sumber yang berbeda pendapat kini harus dilakukan dengan sengaja.",
  ),
  item(
    "Teknologi/Asumsi",
    "EVALUATE",
    1.8,
    FEED,
    "Anggapan yang mendasari anjuran penulis pada akhir teks adalah bahwa ….",
    "D",
    [
      "pemakai tidak memiliki waktu untuk mencari sumber lain",
      "semua tayangan yang direkomendasikan sistem itu keliru",
      "aplikasi akan segera mengubah cara kerja sistemnya",
      "mengetahui pendapat yang berbeda bermanfaat bagi orang",
      "pembaca koran tidak memilih koran yang sependapat",
    ],
    "Anjuran mencari sumber yang berbeda pendapat hanya masuk akal jika mengetahui pendapat berbeda dianggap bermanfaat.",
  ),

  item(
    "Dua Teks/Perbandingan",
    "ANALYZE",
    0.1,
    TOURISM,
    "Kedua teks berbeda pendapat tentang ….",
    "C",
    [
      "perlunya warga memperoleh pendapatan dari wisata",
      "akibat buruk penebangan terhadap kawasan alam",
      "pembatasan jumlah pengunjung di kawasan alam",
      "manfaat harga tiket yang murah bagi wisatawan",
      "kemampuan warga desa menjadi pemandu wisata",
    ],
    "Teks A meminta pembatasan tidak terburu-buru diterapkan, sedangkan Teks B mendukung pembatasan.",
  ),
  item(
    "Dua Teks/Persamaan",
    "ANALYZE",
    0.4,
    TOURISM,
    "Gagasan yang tersirat dalam kedua teks adalah bahwa ….",
    "A",
    [
      "kelestarian alam berkaitan dengan pendapatan warga",
      "wisatawan tidak peduli pada kebersihan kawasan",
      "kerusakan alam dapat dipulihkan dengan cepat",
      "harga tiket sebaiknya ditentukan oleh wisatawan",
      "penebangan lebih menguntungkan daripada wisata",
    ],
    "Teks A: pendapatan mendorong warga menjaga hutan. Teks B: alam yang rusak menghilangkan wisatawan dan pendapatan.",
  ),
  item(
    "Dua Teks/Struktur Argumen",
    "ANALYZE",
    1.2,
    TOURISM,
    "Cara Teks B menghadapi keberatan bahwa pembatasan mengurangi pendapatan adalah dengan ….",
    "E",
    [
      "menyangkal bahwa pendapatan warga akan berkurang",
      "mengabaikan keberatan itu dan beralih ke satwa",
      "menyalahkan warga yang kembali menebang hutan",
      "menyatakan bahwa warga tidak memerlukan wisata",
      "mengakuinya, lalu menawarkan cara menutupinya",
    ],
    "Teks B mengakui pendapatan hari ini berkurang, lalu menyebut jaminan jangka panjang dan harga tiket yang lebih tinggi.",
  ),
  item(
    "Dua Teks/Evaluasi",
    "EVALUATE",
    0.8,
    TOURISM,
    "Kenyataan yang paling melemahkan alasan Teks A adalah bahwa ….",
    "B",
    [
      "pemandu wisata di desa itu semuanya adalah warga setempat",
      "keuntungan wisata sebagian besar mengalir ke luar desa",
      "hutan yang utuh mendatangkan wisatawan lebih banyak",
      "penginapan warga penuh pada setiap musim liburan",
      "penebangan berkurang sejak kawasan wisata dibuka",
    ],
    "Alasan Teks A bertumpu pada pendapatan warga; jika keuntungan mengalir ke luar, dorongan menjaga hutan hilang.",
  ),
  item(
    "Dua Teks/Informasi Tersurat",
    "UNDERSTAND",
    -1.2,
    TOURISM,
    "Syarat yang diajukan Teks B bagi harga tiket yang lebih tinggi adalah ….",
    "D",
    [
      "jumlah wisatawan tidak boleh berkurang",
      "pengunjung mendapat fasilitas tambahan",
      "harga dinaikkan secara bertahap",
      "hasilnya diterima oleh warga",
      "satwa harus kembali lebih dahulu",
    ],
    "Teks B menulis “asalkan hasilnya benar-benar sampai kepada warga”.",
  ),

  item(
    "Geografi/Sebab Akibat",
    "UNDERSTAND",
    -0.3,
    MONSOON,
    "Angin yang bertiup sekitar Desember hingga Februari membawa banyak hujan karena angin itu ….",
    "E",
    [
      "berembus lebih kencang daripada angin Juni",
      "berasal dari daratan Australia yang memanas",
      "bertemu dengan angin dari Samudra Pasifik",
      "bergerak dari tekanan rendah ke tinggi",
      "melewati perairan luas yang hangat",
    ],
    "Teks menyatakan bahwa udara melintasi laut yang hangat sehingga membawa banyak uap air.",
  ),
  item(
    "Geografi/Penerapan",
    "APPLY",
    0.6,
    MONSOON,
    "Berdasarkan paragraf pertama, sekitar Juni hingga Agustus tekanan udara di Australia ….",
    "B",
    [
      "lebih rendah daripada di Asia",
      "lebih tinggi daripada di Asia",
      "sama besar dengan di Asia",
      "berubah-ubah setiap hari",
      "tidak memengaruhi arah angin",
    ],
    "Angin bertiup dari Australia dan udara bergerak dari tekanan tinggi ke rendah, jadi tekanan di Australia lebih tinggi.",
  ),
  item(
    "Geografi/Struktur Teks",
    "ANALYZE",
    0.2,
    MONSOON,
    "Fungsi paragraf kedua dalam teks adalah ….",
    "A",
    [
      "memberi batas berlakunya pola pada paragraf pertama",
      "membuktikan bahwa pola pada paragraf pertama salah",
      "menjelaskan sebab berbaliknya arah angin utama",
      "menghubungkan arah angin dengan kegiatan pelaut",
      "merangkum seluruh isi paragraf pertama dan ketiga",
    ],
    "Paragraf kedua menyebut pengecualian menurut wilayah (Maluku) dan menurut tahun (El Nino).",
  ),
  item(
    "Geografi/Inferensi",
    "ANALYZE",
    1.0,
    MONSOON,
    "Menurut paragraf ketiga, pertukaran budaya di pelabuhan terjadi antara lain karena pelaut ….",
    "C",
    [
      "berpindah pelabuhan setiap beberapa hari",
      "datang dengan tujuan menyebarkan keyakinan",
      "harus tinggal lama sebelum dapat pulang",
      "tidak mengetahui kapan angin akan berbalik",
      "lebih suka menetap daripada kembali berlayar",
    ],
    "Masa tunggu berbulan-bulan sampai angin berbalik mempertemukan bahasa, makanan, dan keyakinan.",
  ),
  item(
    "Geografi/Evaluasi",
    "EVALUATE",
    2.0,
    MONSOON,
    "Pernyataan “Seluruh wilayah Indonesia selalu mengalami kemarau sekitar Juni hingga Agustus” bertentangan dengan teks karena teks menyebut ….",
    "D",
    [
      "angin dari Australia cenderung kering",
      "adanya tahun dengan kemarau yang panjang",
      "pelaut berlayar ketika angin searah tujuan",
      "hujan terbanyak di sebagian Maluku",
      "laut khatulistiwa yang selalu hangat",
    ],
    "Sebagian Maluku justru menerima hujan terbanyak pada pertengahan tahun; itulah pengecualian yang menggugurkan kata seluruh dan selalu.",
  ),
];

/** The items of Literasi dalam Bahasa Indonesia (LBI). */
export function literacyIndonesianItems(): BankItem[] {
  return numberItems("LBI", "id", DRAFTS);
}
